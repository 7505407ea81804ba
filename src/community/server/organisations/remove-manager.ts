import { organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireManager } from './require-manager.ts';

/** Takes a member off the managers of an organisation, oneself included. Only for managers; the last one stays. */
export async function removeManager(ctx: Context, slug: string, handle: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // The row of the organisation is locked: two who leave at once are one after the other.
    const { organisation } = await requireManager(tx, slug);
    const managers = await tx.db
      .selectFrom('community.organisation_manager as om')
      .innerJoin('community.member as m', 'm.id', 'om.member_id')
      .select(['m.id', 'm.handle'])
      .where('om.organisation_id', '=', organisation.id)
      .execute();
    const leaving = managers.find((one) => one.handle === handle);
    if (!leaving) throw new AppError('not_found', organisationText.noSuchMember(handle));
    if (managers.length === 1) throw new AppError('conflict', organisationText.lastManager);
    await tx.db
      .deleteFrom('community.organisation_manager')
      .where('organisation_id', '=', organisation.id)
      .where('member_id', '=', leaving.id)
      .execute();
    await audit(tx, 'community.organisation.remove-manager', organisation.id, { handle });
  });
}
