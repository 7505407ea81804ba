import { backupText } from '#src/fleet/contract/backups.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getRepository } from './queries.ts';

/**
 * Forgets a repository, its keys and what was seen in it; nothing in the storage itself is touched. Refuses one that a
 * cluster backs up to, and one whose passphrase nobody was ever shown while it holds backups: they would be lost.
 */
export async function removeRepository(ctx: Context, idOrName: string): Promise<void> {
  requirePermission(ctx, 'fleet.repository.manage');
  await inTransaction(ctx, async (tx) => {
    const { id, name, keyShownAt } = await getRepository(tx, idOrName);
    await tx.db.selectFrom('fleet.repository').select('id').where('id', '=', id).forUpdate().execute();
    const users = await tx.db
      .selectFrom('fleet.backup_plan_repository as pr')
      .innerJoin('fleet.backup_plan as p', 'p.id', 'pr.plan_id')
      .innerJoin('fleet.cluster as c', 'c.id', 'p.cluster_id')
      .select(['c.name', 'p.state'])
      .where('pr.repository_id', '=', id)
      .execute();
    const active = users.filter((u) => u.state !== 'off').map((u) => u.name);
    if (active.length > 0) throw new AppError('conflict', backupText.repositoryInUse(active.join(', ')));
    const holds = await tx.db
      .selectFrom('fleet.backup')
      .select('label')
      .where('repository_id', '=', id)
      .executeTakeFirst();
    if (holds && keyShownAt === null) throw new AppError('conflict', backupText.keyNeverShown(name));
    for (const table of ['fleet.backup', 'fleet.archive_range', 'fleet.backup_plan_repository'] as const)
      await tx.db.deleteFrom(table).where('repository_id', '=', id).execute();
    await tx.db.deleteFrom('fleet.repository').where('id', '=', id).execute();
    await audit(tx, 'fleet.repository.remove', id, { name });
  });
}
