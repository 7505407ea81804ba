import { backupText } from '#src/fleet/contract/backups.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getPolicy } from './queries.ts';

/** Forgets a policy that no cluster follows. */
export async function deletePolicy(ctx: Context, idOrName: string): Promise<void> {
  requirePermission(ctx, 'fleet.backup.manage');
  await inTransaction(ctx, async (tx) => {
    const policy = await getPolicy(tx, idOrName);
    const user = await tx.db
      .selectFrom('fleet.backup_plan as p')
      .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
      .select('c.name')
      .where('p.policy_id', '=', policy.id)
      .executeTakeFirst();
    if (user) throw new AppError('conflict', backupText.policyInUse(user.name));
    await tx.db.deleteFrom('fleet.backup_policy').where('id', '=', policy.id).execute();
    await audit(tx, 'fleet.backup.delete-policy', policy.id, { name: policy.name });
  });
}
