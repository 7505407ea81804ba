import { organisationText } from '#src/identity/contract/organisation.text.ts';
import type { Role } from '#src/identity/contract/roles.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockOwners } from './lock-owners.ts';

/** Gives a member another role. Only owners touch owners, and the last one stays. */
export async function changeRole(ctx: Context, accountId: string, role: Role): Promise<void> {
  requirePermission(ctx, 'identity.member.update');
  await inTransaction(ctx, async (tx) => {
    const before = await lockOwners(tx, accountId);
    if ((before.role === 'owner' || role === 'owner') && !ctx.actor.may('identity.owner.grant')) {
      throw new AppError('forbidden', organisationText.ownersOnly);
    }
    if (before.isLastOwner && role !== 'owner') throw new AppError('conflict', organisationText.lastOwner);
    await tx.db
      .updateTable('identity.membership')
      .set({ role })
      .where('org_id', '=', tx.actor.orgId)
      .where('account_id', '=', accountId)
      .execute();
    await audit(tx, 'identity.member.update', accountId, { before: before.role, after: role });
  });
}
