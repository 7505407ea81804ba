import { nameWal } from '#src/fleet/server/restores/window.rules.ts';
import { repositorySeal } from '#src/fleet/server/repositories/rules.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import type { Context } from '#src/platform/server/context.ts';

/** An hour of which a cluster's repository knows all: a backup at its beginning, a mark and a segment of WAL a minute. */
export const backedUp = {
  from: new Date('2026-11-22T10:01:00Z'),
  to: new Date('2026-11-22T11:00:00Z'),
  label: '20261122-100000F',
};

/** Gives a cluster a plan, and a repository with one backup and the WAL after it, as if pgBackRest had said so. */
export async function someBackups(
  ctx: Context,
  clusterId: string,
): Promise<{ repositoryId: string; planId: string }> {
  const { db } = ctx;
  const { scope } = await db
    .selectFrom('fleet.cluster')
    .select('scope')
    .where('id', '=', clusterId)
    .executeTakeFirstOrThrow();
  const org_id = ctx.actor.orgId;
  const repositoryId = crypto.randomUUID();
  await db
    .insertInto('fleet.repository')
    .values({
      id: repositoryId,
      org_id,
      name: 'vault',
      kind: 'path',
      place: JSON.stringify({ kind: 'path', path: '/mnt/backup' }),
      secrets: theVault().seal(JSON.stringify({ passphrase: 'p'.repeat(30) }), repositorySeal(repositoryId)),
      key_fingerprint: 'f'.repeat(16),
    })
    .execute();
  const policy = await db
    .insertInto('fleet.backup_policy')
    .values({
      org_id,
      name: 'daily',
      schedule: JSON.stringify({ full: '0 1 * * *', diff: null, incr: null, timeZone: 'UTC' }),
      retention: JSON.stringify({ days: 14, weeks: 4, months: 6 }),
      process_max: 2,
      compression: 'lz4',
      gentle: false,
      archive_timeout_seconds: 60,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const plan = await db
    .insertInto('fleet.backup_plan')
    .values({
      org_id,
      cluster_id: clusterId,
      policy_id: policy.id,
      stanza: scope,
      state: 'on',
      archiving: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('fleet.backup_plan_repository')
    .values({ plan_id: plan.id, position: 1, repository_id: repositoryId, seen_at: backedUp.to })
    .execute();
  await db
    .insertInto('fleet.backup')
    .values({
      plan_id: plan.id,
      repository_id: repositoryId,
      label: backedUp.label,
      type: 'full',
      started_at: new Date('2026-11-22T10:00:00Z'),
      ended_at: backedUp.from,
      wal_start: nameWal(1, 1),
      wal_stop: nameWal(1, 2),
      database_bytes: 1_000_000_000,
      backup_bytes: 1_000_000_000,
      repository_bytes: 100_000_000,
      pg_version: '17',
      database_id: 1,
      system_id: '7',
      error: false,
    })
    .execute();
  await db
    .insertInto('fleet.archive_range')
    .values({
      plan_id: plan.id,
      repository_id: repositoryId,
      archive_id: '17-1',
      timeline: 1,
      wal_first: nameWal(1, 1),
      wal_last: nameWal(1, 60),
      first_at: new Date('2026-11-22T10:00:00Z'),
      last_at: new Date('2026-11-22T11:01:00Z'),
      files: 60,
    })
    .execute();
  const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 10, n));
  await db
    .insertInto('fleet.recovery_mark')
    .values(
      Array.from({ length: 61 }, (_, n) => ({
        cluster_id: clusterId,
        at: minute(n),
        began_at: minute(n),
        wal: nameWal(1, n),
        xid: String(700 + n),
      })),
    )
    .execute();
  return { repositoryId, planId: plan.id };
}
