import { randomUUID } from 'node:crypto';
import { backupText } from '#src/fleet/contract/backups.text.ts';
import { CreateRepository, type Repository } from '#src/fleet/contract/backups.ts';
import type { RepositorySecrets } from '#src/fleet/server/backups/files.rules.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { getRepository } from './queries.ts';
import { fingerprintOf, missingIn, newPassphrase, repositorySeal } from './rules.ts';

/**
 * Keeps where backups can go, with a passphrase of its own that encrypts everything there. Nothing is sent to it yet: the
 * first cluster that uses it finds out whether it can be reached.
 */
export async function createRepository(ctx: Context, given: CreateRepository): Promise<Repository> {
  requirePermission(ctx, 'fleet.repository.manage');
  const wish = CreateRepository.parse(given);
  const missing = missingIn(wish);
  if (missing) throw new AppError('invalid', missing);
  const id = randomUUID();
  const passphrase = wish.passphrase ?? newPassphrase();
  const secrets: RepositorySecrets = {
    passphrase,
    ...(wish.place.kind === 's3'
      ? { accessKeyId: wish.accessKeyId!, secretAccessKey: wish.secretAccessKey! }
      : {}),
    ...(wish.place.kind === 'sftp' ? { privateKey: wish.privateKey! } : {}),
  };
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('fleet.repository')
      .values({
        id,
        org_id: tx.actor.orgId,
        name: wish.name,
        kind: wish.place.kind,
        place: JSON.stringify(wish.place),
        secrets: theVault().seal(JSON.stringify(secrets), repositorySeal(id)),
        key_fingerprint: fingerprintOf(passphrase),
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', backupText.repositoryNameTaken(wish.name));
    await audit(tx, 'fleet.repository.create', id, { name: wish.name, place: wish.place });
    return getRepository(tx, id);
  });
}
