import { organisationText } from '#src/identity/contract/organisation.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockOwners } from './lock-owners.ts';

/**
 * Takes a member out of the organisation; everybody may leave on their own. The API keys a member made end with the
 * membership. Refuses the last owner, and removing an owner by anybody but an owner.
 */
export async function removeMember(ctx: Context, accountId: string): Promise<void> {
  const isLeaving = ctx.actor.kind === 'user' && ctx.actor.id === accountId;
  if (!isLeaving) requirePermission(ctx, 'identity.member.remove');
  await inTransaction(ctx, async (tx) => {
    const before = await lockOwners(tx, accountId);
    if (before.role === 'owner' && !isLeaving && !ctx.actor.may('identity.owner.grant')) {
      throw new AppError('forbidden', organisationText.ownersOnly);
    }
    if (before.isLastOwner) throw new AppError('conflict', organisationText.lastOwner);
    await tx.db
      .deleteFrom('identity.membership')
      .where('org_id', '=', tx.actor.orgId)
      .where('account_id', '=', accountId)
      .execute();
    await audit(tx, 'identity.member.remove', accountId, { role: before.role, left: isLeaving });
  });
}
