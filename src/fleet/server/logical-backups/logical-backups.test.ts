import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { tendAlerts } from '#src/fleet/server/alerts/tend-alerts.job.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { database } from '#tests/support/context.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { newFleet } from '#tests/support/fake-clusters.ts';
import { testVault, type FakeFleet } from '#tests/support/fake-fleet.ts';
import { createExternal } from './create-external.ts';
import { getExternal, listExternals } from './queries.ts';
import { removeExternal } from './remove-external.ts';
import { outdated, readDsn } from './rules.ts';
import { runDump } from './run-dump.operation.ts';
import { showDumpKey } from './show-dump-key.ts';
import { startDueDumps } from './start-due-dumps.job.ts';
import { startDump } from './start-dump.ts';

await testVault();
const job = { db: database.db, log: createLog('test', 'silent'), config: undefined as never };
const dsn = 'postgresql://app:s%20ecret@db.example.com:5433/sales?sslmode=require';

type Kept = World & { ctx: Context; fleet: FakeFleet };

/** An external database whose first dump was just asked for; its operation is replaced by the one under test. */
async function kept(keep = 14): Promise<Kept & { input: Record<string, unknown> }> {
  const { ctx, fleet, hostIds, hostNames } = await newFleet(1);
  const wish = { name: 'legacy', dsn, hostId: hostIds[0]!, folder: '/mnt/dumps', keep };
  const { id } = await createExternal(ctx, wish);
  await startDump(ctx, id);
  const { input } = await ctx.db
    .deleteFrom('platform.operation')
    .where('subject_id', '=', id)
    .returning('input')
    .executeTakeFirstOrThrow();
  return {
    ctx,
    fleet,
    subjectId: id,
    input: input as Record<string, unknown>,
    whileWaiting: () => fleet.work(ctx),
    async state() {
      const { backups } = await getExternal(ctx, id);
      return {
        backups: backups.map(({ state }) => state),
        dumps: Object.values(fleet.picture(hostNames).data).length,
      };
    },
  };
}

test('a URL is taken apart, and its password is sealed and never shown', async () => {
  expect(readDsn(dsn)).toEqual({
    server: { host: 'db.example.com', port: 5433, username: 'app', database: 'sales', sslMode: 'require' },
    password: 's ecret',
  });
  expect(readDsn('postgres://a:b@[fd00::1]/')?.server).toMatchObject({
    host: 'fd00::1',
    database: 'postgres',
  });
  for (const wrong of [
    'postgresql://app@h/db',
    'postgresql://h',
    'postgresql://a:b@h/x?sslmode=no',
    'nonsense',
  ])
    expect(readDsn(wrong)).toBeUndefined();
  const { ctx } = await kept();
  const shown = JSON.stringify(await listExternals(ctx));
  expect(shown).not.toContain('ecret');
  const row = await ctx.db
    .selectFrom('fleet.external_database')
    .select('secrets')
    .where('org_id', '=', ctx.actor.orgId)
    .executeTakeFirstOrThrow();
  expect(row.secrets.includes('s ecret')).toBe(false);
  await expect(
    createExternal(ctx, {
      name: 'legacy',
      dsn,
      hostId: (await listExternals(ctx))[0]!.hostId,
      folder: '/mnt/dumps',
    }),
  ).rejects.toThrow(/called legacy/);
});

test('a dump ends the same however often it is cut off or cancelled', async () => {
  const report = await runWithCrashes(runDump, kept);
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({ backups: ['done'] });
  expect(report.differing).toEqual([]);
  const { outcomes } = await runWithCancels(runDump, kept);
  for (const { outcome } of outcomes.filter((one) => one.outcome.end.state === 'cancelled'))
    expect(['failed', 'done']).toContain((outcome.state as { backups: string[] }).backups[0]);
});

test('what the policy keeps stays, the older ones go, and only one runs at a time', async () => {
  expect(outdated(['20261101-000000Z', '20261103-000000Z', '20261102-000000Z'], 2)).toEqual([
    '20261101-000000Z',
  ]);
  const { ctx, fleet, subjectId } = await kept(2);
  await ctx.db.deleteFrom('fleet.logical_backup').where('external_id', '=', subjectId).execute();
  for (let n = 0; n < 4; n++) {
    await startDump(ctx, subjectId);
    await expect(startDump(ctx, subjectId)).rejects.toThrow(/running already/);
    const { id } = await ctx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', subjectId)
      .where('state', '=', 'running')
      .executeTakeFirstOrThrow();
    await finish(ctx, fleet, id);
  }
  const { backups } = await getExternal(ctx, subjectId);
  expect(backups.map(({ state }) => state)).toEqual(['done', 'done']);
  // The dumps outlive what Elepherd knows of them: somebody must be able to read them then.
  await expect(removeExternal(ctx, subjectId)).rejects.toThrow(/Nobody has kept the passphrase/);
  await showDumpKey(ctx, subjectId);
  await removeExternal(ctx, subjectId);
  await expect(getExternal(ctx, subjectId)).rejects.toThrow(/no such/);
});

test('its passphrase is its own, sealed, shown with a line in the audit, and goes to the host with the dump', async () => {
  const { ctx, fleet, subjectId } = await kept();
  await ctx.db.deleteFrom('fleet.logical_backup').where('external_id', '=', subjectId).execute();
  const shown = await showDumpKey(ctx, subjectId);
  expect(shown.passphrase.length).toBeGreaterThan(40);
  // As RESTORE.txt on the host tells one passphrase from another.
  const told = createHash('sha256').update(`elepherd repository key${shown.passphrase}`).digest('hex');
  expect(shown.keyFingerprint).toBe(told.slice(0, 16));
  expect(await getExternal(ctx, subjectId)).toMatchObject({
    keyFingerprint: shown.keyFingerprint,
    keyShownAt: expect.any(String),
  });
  const { key } = await ctx.db
    .selectFrom('fleet.external_database')
    .select('key')
    .where('id', '=', subjectId)
    .executeTakeFirstOrThrow();
  expect(key!.includes(shown.passphrase)).toBe(false);
  const audited = await ctx.db
    .selectFrom('platform.audit')
    .select('details')
    .where('action', '=', 'fleet.external-database.show-key')
    .where('subject_id', '=', subjectId)
    .execute();
  expect(audited).toHaveLength(1);
  expect(JSON.stringify(audited)).not.toContain(shown.passphrase);
  // One that was added before dumps were encrypted gets its passphrase with the next dump.
  await ctx.db
    .updateTable('fleet.external_database')
    .set({ key: null, key_fingerprint: null })
    .where('id', '=', subjectId)
    .execute();
  await startDump(ctx, subjectId);
  const { id } = await ctx.db
    .selectFrom('platform.operation')
    .select('id')
    .where('subject_id', '=', subjectId)
    .executeTakeFirstOrThrow();
  await finish(ctx, fleet, id);
  const after = await getExternal(ctx, subjectId);
  expect(after.keyFingerprint).not.toBe(shown.keyFingerprint);
  expect(after.backups[0]?.contents?.keyFingerprint).toBe(after.keyFingerprint);
  const other = await kept();
  expect((await showDumpKey(other.ctx, other.subjectId)).passphrase).not.toBe(
    (await showDumpKey(ctx, subjectId)).passphrase,
  );
});

/** Runs a started operation to its end. */
async function finish(ctx: Context, fleet: FakeFleet, id: string): Promise<void> {
  const db = ctx.db as Kysely<DB>;
  for (let turn = 0; turn < 100; turn++) {
    await runOperation(db, new Map([[runDump.kind, runDump]]), id, createLog('test', 'silent'));
    const row = await db
      .selectFrom('platform.operation')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (row.state !== 'running') return;
    await fleet.work(ctx);
  }
  throw new Error('it never ends');
}

test('logical-backup-failed: the schedule starts what is due, once, and all is quiet; one that fails or does not come is an alert, and the next whole one ends it', async () => {
  const { ctx, fleet, subjectId } = await kept();
  await ctx.db.deleteFrom('fleet.logical_backup').where('external_id', '=', subjectId).execute();
  const alerts = async () => {
    await tendAlerts.run(job, {} as never);
    const rows = await ctx.db
      .selectFrom('fleet.alert')
      .select('rule')
      .where('org_id', '=', ctx.actor.orgId)
      .where('rule', '=', 'logical-backup-failed')
      .where('resolved_at', 'is', null)
      .execute();
    return rows.length;
  };
  const running = () =>
    ctx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', subjectId)
      .where('state', '=', 'running')
      .execute();
  const change = (values: { considered_at?: Date; created_at?: Date }) =>
    ctx.db.updateTable('fleet.external_database').set(values).where('id', '=', subjectId).execute();
  expect(await alerts()).toBe(0);
  await startDueDumps.run(job, {} as never);
  expect(await running()).toHaveLength(0);
  await change({ considered_at: new Date(Date.now() - 25 * 3_600_000) });
  await startDueDumps.run(job, {} as never);
  await startDueDumps.run(job, {} as never);
  expect(await running()).toHaveLength(1);
  fleet.refuse = (_, kind) => (kind === 'dump-database' ? 'the server was shut down' : undefined);
  await finish(ctx, fleet, (await running())[0]!.id);
  expect((await getExternal(ctx, subjectId)).backups[0]).toMatchObject({ state: 'failed' });
  expect(await alerts()).toBe(1);
  fleet.refuse = undefined;
  await startDump(ctx, subjectId);
  await finish(ctx, fleet, (await running())[0]!.id);
  expect(await alerts()).toBe(0);
  // Two days without one, and nobody failed either.
  await ctx.db.deleteFrom('fleet.logical_backup').where('external_id', '=', subjectId).execute();
  await change({ created_at: new Date(Date.now() - 2 * 86_400_000) });
  expect(await alerts()).toBe(1);
  await removeExternal(ctx, subjectId);
  expect(await alerts()).toBe(0);
});
