import { sql } from 'kysely';
import type { RepositoryKey } from '#src/fleet/contract/backups.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { getRepository, openSecrets } from './queries.ts';

/** The passphrase that encrypts a repository, to be kept in a safe place; who asked is written to the audit. */
export async function showKey(ctx: Context, idOrName: string): Promise<RepositoryKey> {
  requirePermission(ctx, 'fleet.repository.show-key');
  return inTransaction(ctx, async (tx) => {
    const { id, name, keyFingerprint } = await getRepository(tx, idOrName);
    const { secrets } = await tx.db
      .updateTable('fleet.repository')
      .set({ key_shown_at: sql<Date>`now()` })
      .where('id', '=', id)
      .returning('secrets')
      .executeTakeFirstOrThrow();
    await audit(tx, 'fleet.repository.show-key', id, { name, keyFingerprint });
    return { name, passphrase: openSecrets(id, secrets).passphrase, keyFingerprint };
  });
}
