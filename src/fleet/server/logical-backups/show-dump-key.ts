import { sql } from 'kysely';
import type { RepositoryKey } from '#src/fleet/contract/backups.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { ensureDumpKey } from './ensure-dump-key.ts';
import { getExternal } from './queries.ts';

/** The passphrase that encrypts the dumps of an external database, to be kept in a safe place; who asked is written to the audit. */
export async function showDumpKey(ctx: Context, idOrName: string): Promise<RepositoryKey> {
  requirePermission(ctx, 'fleet.repository.show-key');
  return inTransaction(ctx, async (tx) => {
    const { id, name } = await getExternal(tx, idOrName);
    const { passphrase, keyFingerprint } = await ensureDumpKey(tx, id);
    await tx.db
      .updateTable('fleet.external_database')
      .set({ key_shown_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'fleet.external-database.show-key', id, { name, keyFingerprint });
    return { name, passphrase, keyFingerprint };
  });
}
