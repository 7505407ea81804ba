import { expect, test } from 'vitest';
import type { StartRestore } from '#src/fleet/contract/restores.ts';
import { cancelOperation } from '#src/platform/server/operations/cancel-operation.ts';
import type { OperationDefinition } from '#src/platform/server/operations/define-operation.ts';
import { backedUp, someBackups } from '#tests/support/backed-up-cluster.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { readyCluster, runOnce } from '#tests/support/fake-clusters.ts';
import { testVault } from '#tests/support/fake-fleet.ts';
import { cleanRestore, makeScratch } from './make-scratch.operation.ts';
import { previewRestore } from './plan-restore.ts';
import { getRestoreWindow, listRestores } from './queries.ts';
import { restoreCluster } from './restore-cluster.operation.ts';
import { restoreInPlace } from './restore-in-place.operation.ts';
import { readTime, targetTime } from './rules.ts';
import { startRestore } from './start-restore.ts';
import { takeContents } from './take-contents.operation.ts';

await testVault();

const at = '2026-11-22T18:30:00+08:00';
const inPlace: StartRestore = { target: { at }, place: { kind: 'in-place' }, confirm: 'orders' };
const toNew: StartRestore = {
  target: { at },
  place: { kind: 'new-cluster', cluster: { name: 'copy', members: 1 } },
};

/** A cluster whose restore was just asked for; its own operation is replaced by the one under test. */
async function asked(wish: StartRestore, members = 2) {
  const world = await readyCluster(members, members + 2);
  const { ctx, fleet } = world;
  await someBackups(ctx, world.subjectId);
  const place = wish.place.kind === 'scratch' ? { ...wish.place, hostId: world.hostIds.at(-1)! } : wish.place;
  const { id, operationId } = await startRestore(ctx, world.subjectId, { ...wish, place });
  const operation = await ctx.db
    .selectFrom('platform.operation')
    .select(['subject_id', 'input'])
    .where('id', '=', operationId)
    .executeTakeFirstOrThrow();
  await ctx.db.deleteFrom('platform.operation').where('id', '=', operationId).execute();
  return {
    ...world,
    subjectId: operation.subject_id!,
    input: operation.input as Record<string, unknown>,
    whileWaiting: () => fleet.work(ctx),
    async state() {
      const [restore] = await listRestores(ctx, world.subjectId);
      const clusters = await ctx.db
        .selectFrom('fleet.cluster')
        .select(['name', 'phase'])
        .where('org_id', '=', ctx.actor.orgId)
        .orderBy('name')
        .execute();
      const backups = await ctx.db
        .selectFrom('platform.operation')
        .select('kind')
        .where('org_id', '=', ctx.actor.orgId)
        .where('kind', '=', 'fleet.run-backup')
        .execute();
      const text = JSON.stringify({
        restore: { state: restore?.state, kept: restore?.asideUntil !== null, bytes: restore?.bytes },
        clusters,
        backups: backups.length,
        ...((await world.state()) as object),
      });
      return JSON.parse(
        text
          .replaceAll(id.slice(0, 13), 'ID')
          .replaceAll(id.slice(0, 8), 'ID')
          .replaceAll(/-[0-9a-f]{6}(?=-before|")/g, ''),
      ) as unknown;
    },
  };
}

const sound = async (definition: OperationDefinition, setup: () => Promise<World>) => {
  const report = await runWithCrashes(definition, setup);
  expect(report.differing).toEqual([]);
  expect(report.plain.end.state).toBe('succeeded');
  return report.plain.state as {
    data: Record<string, string[]>;
    running: Record<string, string[]>;
    restore: object;
    backups: number;
  };
};

test('in place: ends the same however often it is cut off, with the data of before aside and a full backup begun', async () => {
  const state = await sound(restoreInPlace, () => asked(inPlace));
  expect(state.restore).toEqual({ state: 'done', kept: true, bytes: 2e9 });
  expect(state.backups).toBe(1);
  expect(state.data['host-1']).toEqual(expect.arrayContaining(['/var/lib/postgresql/17/orders-before-ID']));
  expect(state.running['host-1']).toEqual(expect.arrayContaining(['patroni-orders']));
});

test('in place: cancelled before the new server leads, every server has its data of before and runs', async () => {
  const { outcomes, differing } = await runWithCancels(restoreInPlace, () => asked(inPlace, 1));
  expect(differing).toEqual([]);
  const cancelled = outcomes.filter((o) => o.outcome.end.state === 'cancelled');
  expect(cancelled.map((o) => o.cancelledAt)).toEqual([
    'check',
    'stop',
    'aside',
    'restore',
    'recover',
    'accounts',
  ]);
  for (const { outcome } of cancelled) {
    const { data, running } = outcome.state as Awaited<ReturnType<typeof sound>>;
    for (const host of ['host-1']) {
      expect(data[host]?.filter((d) => d.includes('postgresql'))).toEqual(['/var/lib/postgresql/17/orders']);
      expect(running[host]).toEqual(expect.arrayContaining(['patroni-orders']));
    }
  }
});

test('to a new cluster: sound, and the old one is untouched', async () => {
  const state = await sound(restoreCluster, () => asked(toNew, 1));
  expect(state).toMatchObject({
    clusters: [
      { name: 'copy', phase: 'ready' },
      { name: 'orders', phase: 'ready' },
    ],
  });
  const { outcomes, differing } = await runWithCancels(restoreCluster, () => asked(toNew, 1));
  expect(differing).toEqual([]);
  for (const { outcome } of outcomes.filter((o) => o.outcome.end.state === 'cancelled'))
    expect(outcome.state).toMatchObject({
      clusters: [{ phase: 'deleted' }, { phase: 'ready' }],
      restore: { state: 'cancelled' },
    });
});

test('a scratch server: sound, removed when cancelled and when nobody needs it any more', async () => {
  const wish: StartRestore = { target: {}, place: { kind: 'scratch', hostId: crypto.randomUUID() } };
  const state = await sound(makeScratch, () => asked(wish, 1));
  expect(state.running['host-3']).toEqual(['/var/lib/postgresql/17/scratch-ID']);
  const { outcomes, differing } = await runWithCancels(makeScratch, () => asked(wish, 1));
  expect(differing).toEqual([]);
  for (const { outcome } of outcomes.filter((o) => o.outcome.end.state === 'cancelled')) {
    const left = outcome.state as typeof state;
    expect([left.running['host-3'] ?? [], left.data['host-3'] ?? []]).toEqual([[], []]);
  }
  const cleaned = await sound(cleanRestore, async () => {
    const world = await asked(wish, 1);
    await world.ctx.db
      .updateTable('fleet.restore')
      .set({ state: 'done', keep_until: new Date() })
      .where('id', '=', world.subjectId)
      .execute();
    return world;
  });
  expect(cleaned.restore).toMatchObject({ state: 'removed' });
});

/** A scratch server beside the primary, of which a table is asked for. */
async function taking() {
  const world = await asked({ target: {}, place: { kind: 'scratch', hostId: crypto.randomUUID() } }, 2);
  const { ctx, fleet, hostIds, subjectId } = world;
  await ctx.db
    .updateTable('fleet.restore')
    .set({ state: 'done', host_id: hostIds[0]!, keep_until: new Date(Date.now() + 3_600_000) })
    .where('id', '=', subjectId)
    .execute();
  return {
    ...world,
    input: { database: 'app', table: { schema: 'public', name: 'orders' }, into: 'app_restored' },
    state: async () => ({ taken: [...fleet.taken], ...((await world.state()) as object) }),
  };
}

test('a table of a scratch server is taken once, however often it is cut off; cancelled, it is gone again', async () => {
  const report = await runWithCrashes(takeContents, () => taking());
  expect(report.plain).toMatchObject({ end: { state: 'succeeded' }, state: { taken: ['app_restored'] } });
  expect(report.differing).toEqual([]);
  const { outcomes, differing } = await runWithCancels(takeContents, () => taking());
  expect(differing).toEqual([]);
  expect(
    outcomes.map(({ cancelledAt, outcome }) => [cancelledAt, outcome.end.state, outcome.state]),
  ).toMatchObject([
    ['look', 'cancelled', { taken: [] }],
    ['take', 'cancelled', { taken: [] }],
  ]);
});

test('cancelled when the host has copied all and the operation has not heard of it, the new database goes too', async () => {
  const report = await runWithCrashes(takeContents, async () => {
    const world = await taking();
    return {
      ...world,
      async whileWaiting() {
        await world.whileWaiting!();
        const running = await world.ctx.db
          .selectFrom('platform.operation')
          .select('id')
          .where('subject_id', '=', world.subjectId)
          .where('kind', '=', takeContents.kind)
          .where('state', '=', 'running')
          .executeTakeFirst();
        if (running && world.fleet.taken.size > 0) await cancelOperation(world.ctx, running.id);
      },
    };
  });
  expect(report.plain).toMatchObject({ end: { state: 'cancelled', step: 'undo' }, state: { taken: [] } });
  expect(report.differing.filter(({ outcome }) => outcome.end.state === 'cancelled')).toEqual([]);
});

test('a database that is there already is nobody’s to overwrite; once it is gone, a retry takes', async () => {
  const world = await taking();
  world.fleet.taken.add('app_restored');
  const refused = await runOnce(takeContents, world, world.fleet);
  expect(refused).toMatchObject({
    state: 'failed',
    reason: { en: expect.stringContaining('already exists') },
  });
  expect([...world.fleet.taken]).toEqual(['app_restored']);
  world.fleet.taken.clear();
  expect(await runOnce(takeContents, world, world.fleet, refused.id)).toMatchObject({ state: 'succeeded' });
  expect([...world.fleet.taken]).toEqual(['app_restored']);
});

test('the window, a preview and refusals', async () => {
  const { ctx, subjectId } = await readyCluster(1);
  expect(await getRestoreWindow(ctx, 'orders')).toEqual({ ranges: [], gaps: [], seenAt: null });
  await expect(startRestore(ctx, 'orders', inPlace)).rejects.toMatchObject({ code: 'conflict' });
  await someBackups(ctx, subjectId);
  expect(await getRestoreWindow(ctx, 'orders')).toMatchObject({
    ranges: [{ from: backedUp.from.toISOString(), to: backedUp.to.toISOString(), repositoryName: 'vault' }],
    gaps: [],
  });
  const preview = await previewRestore(ctx, 'orders', inPlace);
  expect(preview).toMatchObject({
    possible: true,
    at: '2026-11-22T10:30:00.000Z',
    backup: backedUp.label,
    walSegments: 30,
    measured: false,
    hosts: [{ hostName: 'host-1' }],
  });
  const late = { ...inPlace, target: { at: '2026-11-22T12:00:00Z' } };
  expect(await previewRestore(ctx, 'orders', late)).toMatchObject({
    possible: false,
    nearest: backedUp.to.toISOString(),
    refusal: { en: expect.stringContaining('2026-11-22 11:00:00 UTC') },
  });
  await expect(startRestore(ctx, 'orders', late)).rejects.toMatchObject({ code: 'conflict' });
  await expect(startRestore(ctx, 'orders', { ...inPlace, confirm: 'order' })).rejects.toMatchObject({
    code: 'invalid',
  });
  // The end of a backup needs no WAL beyond its own.
  expect(
    await previewRestore(ctx, 'orders', { target: { backup: backedUp.label }, place: inPlace.place }),
  ).toMatchObject({
    at: null,
    walSegments: 2,
  });
});

test('times go to PostgreSQL with their zone, and come back', () => {
  expect(targetTime(new Date('2026-11-22T18:30:00.25+08:00'))).toBe('2026-11-22 10:30:00.250+00');
  expect(readTime('2026-11-22 10:30:00.25+00')).toEqual(new Date('2026-11-22T10:30:00.25Z'));
  expect(readTime('yesterday')).toBeNull();
});
