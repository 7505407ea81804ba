import { randomUUID } from 'node:crypto';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { requireManager } from './require-manager.ts';
import { maxManagers } from './rules.ts';

/** Makes another member a manager of an organisation. Only for managers; one who is already changes nothing. */
export async function addManager(ctx: Context, slug: string, handle: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { member, organisation } = await requireManager(tx, slug);
    const other = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('handle', '=', handle)
      .where('erased_at', 'is', null)
      .executeTakeFirst();
    if (!other) throw new AppError('not_found', organisationText.noSuchMember(handle));
    const { count } = await tx.db
      .selectFrom('community.organisation_manager')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('organisation_id', '=', organisation.id)
      .executeTakeFirstOrThrow();
    if (count >= maxManagers) throw new AppError('conflict', organisationText.tooManyManagers(maxManagers));
    const added = await tx.db
      .insertInto('community.organisation_manager')
      .values({ organisation_id: organisation.id, member_id: other.id })
      .onConflict((oc) => oc.doNothing())
      .returning('member_id')
      .executeTakeFirst();
    if (!added) return;
    await notifyMember(tx, {
      memberId: other.id,
      kind: 'manager-added',
      key: `manager-added:${organisation.id}:${randomUUID()}`,
      actorId: member.id,
      payload: {
        href: organisationPath(slug),
        title: organisation.name,
        words: organisationNoticeText.managerAdded,
      },
    });
    await audit(tx, 'community.organisation.add-manager', organisation.id, { handle });
  });
}
