import { randomUUID } from 'node:crypto';
import { CreateExternalDatabase, type ExternalDatabase } from '#src/fleet/contract/logical-backups.ts';
import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import { everComes } from '#src/fleet/server/backups/schedule.rules.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { ensureDumpKey } from './ensure-dump-key.ts';
import { getExternal } from './queries.ts';
import { externalSeal, readDsn } from './rules.ts';

/** Keeps the address and the account of a database that Elepherd does not control, and when it is dumped. Nothing is asked of it yet. */
export async function createExternal(ctx: Context, given: CreateExternalDatabase): Promise<ExternalDatabase> {
  requirePermission(ctx, 'fleet.backup.manage');
  const wish = CreateExternalDatabase.parse(given);
  const read = readDsn(wish.dsn);
  if (!read) throw new AppError('invalid', logicalBackupText.badDsn);
  if (!everComes(wish.schedule, wish.timeZone)) throw new AppError('invalid', logicalBackupText.badSchedule);
  const id = randomUUID();
  return inTransaction(ctx, async (tx) => {
    const host = await tx.db
      .selectFrom('fleet.host')
      .select(['id', 'name', 'phase'])
      .where('id', '=', wish.hostId)
      .where('org_id', '=', tx.actor.orgId)
      .executeTakeFirst();
    if (!host) throw new AppError('not_found', logicalBackupText.noSuchHost);
    if (host.phase === 'removed') throw new AppError('conflict', logicalBackupText.hostUnfit(host.name));
    const row = await tx.db
      .insertInto('fleet.external_database')
      .values({
        id,
        org_id: tx.actor.orgId,
        name: wish.name,
        host_id: host.id,
        server: JSON.stringify(read.server),
        secrets: theVault().seal(read.password, externalSeal(id)),
        folder: wish.folder,
        databases: wish.databases,
        schedule: wish.schedule,
        time_zone: wish.timeZone,
        keep: wish.keep,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', logicalBackupText.nameTaken(wish.name));
    await ensureDumpKey(tx, id);
    await audit(tx, 'fleet.external-database.create', id, {
      name: wish.name,
      server: read.server,
      host: host.name,
      folder: wish.folder,
    });
    return getExternal(tx, id);
  });
}
