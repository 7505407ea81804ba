import {
  DumpContents,
  type ExternalDatabase,
  type ExternalServer,
  type LogicalBackup,
} from '#src/fleet/contract/logical-backups.ts';
import { logicalBackupText } from '#src/fleet/contract/logical-backups.text.ts';
import { nextRun } from '#src/fleet/server/backups/schedule.rules.ts';
import { fingerprintOf } from '#src/fleet/server/repositories/rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { dumpKeySeal, externalSeal } from './rules.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const backupsShown = 100;

const externals = (ctx: Context) =>
  ctx.db
    .selectFrom('fleet.external_database as e')
    .innerJoin('fleet.host as h', 'h.id', 'e.host_id')
    .select(({ selectFrom }) => [
      'e.id',
      'e.name',
      'e.server',
      'e.host_id',
      'h.name as host_name',
      'e.folder',
      'e.databases',
      'e.schedule',
      'e.time_zone',
      'e.keep',
      'e.key_fingerprint',
      'e.key_shown_at',
      selectFrom('platform.operation as o')
        .whereRef('o.subject_id', '=', 'e.id')
        .select('o.id')
        .orderBy('o.created_at', 'desc')
        .limit(1)
        .as('operation_id'),
    ])
    .where('e.org_id', '=', ctx.actor.orgId);
type Row = Awaited<ReturnType<ReturnType<typeof externals>['execute']>>[number];

async function present(ctx: Context, rows: readonly Row[]): Promise<ExternalDatabase[]> {
  if (rows.length === 0) return [];
  const backups = await ctx.db
    .selectFrom('fleet.logical_backup')
    .selectAll()
    .where(
      'external_id',
      'in',
      rows.map(({ id }) => id),
    )
    .where('state', '<>', 'removed')
    .orderBy('started_at', 'desc')
    .execute();
  return rows.map((row) => {
    const own = backups.filter(({ external_id }) => external_id === row.id);
    const next = nextRun(row.schedule, row.time_zone, new Date());
    return {
      id: row.id,
      name: row.name,
      server: row.server as unknown as ExternalServer,
      hostId: row.host_id,
      hostName: row.host_name,
      folder: row.folder,
      databases: row.databases,
      schedule: row.schedule,
      timeZone: row.time_zone,
      keep: row.keep,
      keyFingerprint: row.key_fingerprint,
      keyShownAt: row.key_shown_at?.toISOString() ?? null,
      nextAt: next?.toISOString() ?? null,
      lastDoneAt: own.find(({ state }) => state === 'done')?.ended_at?.toISOString() ?? null,
      backups: own.slice(0, backupsShown).map((one) => ({
        id: one.id,
        label: one.label,
        state: one.state as LogicalBackup['state'],
        startedAt: one.started_at.toISOString(),
        endedAt: one.ended_at?.toISOString() ?? null,
        contents: one.contents === null ? null : DumpContents.parse(one.contents),
        problem: one.problem as Text | null,
      })),
      operationId: row.operation_id,
    };
  });
}

/** External databases of the actor's organisation, by name. */
export async function listExternals(ctx: Context): Promise<ExternalDatabase[]> {
  return present(ctx, await externals(ctx).orderBy('e.name').execute());
}

/** One external database, by id or by name. */
export async function getExternal(ctx: Context, idOrName: string): Promise<ExternalDatabase> {
  const row = await externals(ctx)
    .where(uuid.test(idOrName) ? 'e.id' : 'e.name', '=', idOrName)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', logicalBackupText.noSuch);
  return (await present(ctx, [row]))[0]!;
}

/** What the operation of one backup works with. */
export async function getDumpWork(db: Db, externalId: string) {
  const row = await db
    .selectFrom('fleet.external_database')
    .select(['id', 'org_id', 'name', 'host_id', 'server', 'secrets', 'folder', 'databases', 'keep', 'key'])
    .where('id', '=', externalId)
    .executeTakeFirstOrThrow();
  const { secrets, key, ...rest } = row;
  // Whoever starts a dump makes sure of it.
  const passphrase = theVault().open(key!, dumpKeySeal(row.id)).toString();
  return {
    ...rest,
    server: row.server as unknown as ExternalServer,
    password: theVault().open(secrets, externalSeal(row.id)).toString(),
    passphrase,
    keyFingerprint: fingerprintOf(passphrase),
  };
}
