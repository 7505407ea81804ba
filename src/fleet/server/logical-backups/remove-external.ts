import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getExternal } from './queries.ts';

/** Forgets an external database with its account; its dumps stay where they are. Refuses while one is being made, and while nobody has kept the passphrase of those there are. */
export async function removeExternal(ctx: Context, idOrName: string): Promise<void> {
  requirePermission(ctx, 'fleet.backup.manage');
  await inTransaction(ctx, async (tx) => {
    const external = await getExternal(tx, idOrName);
    await tx.db
      .selectFrom('fleet.external_database')
      .select('id')
      .where('id', '=', external.id)
      .forUpdate()
      .execute();
    const running = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', external.id)
      .where('state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (running) throw new AppError('conflict', logicalBackupText.busy);
    if (external.keyShownAt === null && external.backups.some(({ contents }) => contents?.keyFingerprint))
      throw new AppError('conflict', logicalBackupText.keyNotKept);
    await tx.db.deleteFrom('fleet.external_database').where('id', '=', external.id).execute();
    await audit(tx, 'fleet.external-database.remove', external.id, { name: external.name });
  });
}
