import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { guardianDefaults, type GuardedServer } from '#src/fleet/contract/guardian.ts';
import type { Happening } from '#src/fleet/contract/incidents.ts';
import { getHostGuardian, listClusterDisks } from '#src/fleet/server/guardian/queries.ts';
import { confirmGuardian } from '#src/fleet/server/guardian/confirm-guardian.ts';
import { noteGuardian } from '#src/fleet/server/guardian/note-guardian.ts';
import { setGuardian } from '#src/fleet/server/guardian/set-guardian.ts';
import { rebuildMember } from '#src/fleet/server/members/rebuild-member.operation.ts';
import { audit } from '#src/platform/server/audit.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { database, testContext } from '#tests/support/context.ts';
import { readyCluster } from '#tests/support/fake-clusters.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import { createLog } from '#src/platform/server/log.ts';
import { noteHappenings } from './note-happenings.ts';
import { getClusterTimeline, getHostTimeline, listEvidence } from './queries.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-incidents-'))));
const { db } = database;
const { ctx, subjectId, hostIds, fleet } = await readyCluster(3);
const scope = (
  await db.selectFrom('fleet.cluster').select('scope').where('id', '=', subjectId).executeTakeFirstOrThrow()
).scope;
const members = await db
  .selectFrom('fleet.member')
  .select(['host_id', 'name'])
  .where('cluster_id', '=', subjectId)
  .orderBy('name')
  .execute();
const outside = hostIds.find((id) => members.every((m) => m.host_id !== id))!;

const happening = (change: Partial<Happening> = {}): Happening => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  kind: 'promotion',
  severity: 'warning',
  server: `patroni-${scope}`,
  key: null,
  text: { en: 'something', 'zh-CN': '事件' },
  detail: {},
  ...change,
});

test('what several members saw counts once, and what is told twice is kept once', async () => {
  const key = `promotion:${scope}:2`;
  const told = happening({ key });
  expect(await noteHappenings(db, members[0]!.host_id, [told])).toEqual({ kept: 1 });
  expect(await noteHappenings(db, members[0]!.host_id, [told])).toEqual({ kept: 0 });
  expect(await noteHappenings(db, members[1]!.host_id, [happening({ key })])).toEqual({ kept: 0 });
  const { entries } = await getClusterTimeline(ctx, 'orders', {});
  expect(entries.filter((one) => one.kind === 'promotion')).toMatchObject([
    { id: `event:${told.id}`, hostName: 'host-1', severity: 'warning', operationId: null },
  ]);
});

test('a clock that runs ahead does not put things into the future', async () => {
  const future = happening({ at: new Date(Date.now() + 9e6).toISOString(), kind: 'kernel', server: null });
  await noteHappenings(db, members[0]!.host_id, [future]);
  const row = await db
    .selectFrom('fleet.incident_event')
    .select('at')
    .where('id', '=', future.id)
    .executeTakeFirstOrThrow();
  expect(row.at.getTime()).toBeLessThan(Date.now() + 61_000);
});

test('a rebuild keeps evidence first, and goes on without a host that gives none', async () => {
  const run = async (input: Record<string, unknown>) => {
    knowOperations([rebuildMember]);
    const id = await db
      .transaction()
      .execute((tx) => startOperation({ ...ctx, db: tx }, rebuildMember, subjectId, input));
    for (let turn = 0; turn < 200; turn += 1) {
      await runOperation(db, new Map([[rebuildMember.kind, rebuildMember]]), id, createLog('test', 'silent'));
      const row = await db
        .selectFrom('platform.operation')
        .select(['id', 'state'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      if (row.state !== 'running') return row;
      await fleet.work(ctx);
    }
    throw new Error('it never ends');
  };
  const first = await run({ member: members[1]!.name });
  expect(first.state).toBe('succeeded');
  const [kept] = await listEvidence(ctx, 'orders');
  expect(kept).toMatchObject({ operationId: first.id, items: [{ name: 'df' }] });
  fleet.refuse = (_host, kind) => (kind === 'take-evidence' ? 'the disk is gone' : undefined);
  expect((await run({ member: members[1]!.name })).state).toBe('succeeded');
  expect(await listEvidence(ctx, 'orders')).toHaveLength(1);
  fleet.refuse = undefined;
});

test('operations, changes, alerts and hosts stand on one line in the order of time, each for whom it is', async () => {
  await audit(ctx, 'fleet.cluster.update', subjectId, { settings: { work_mem: '9MB', jit: null } });
  await db
    .insertInto('fleet.alert')
    .values({
      org_id: ctx.actor.orgId,
      rule: 'disk-room',
      severity: 'critical',
      fingerprint: 'f'.repeat(64),
      source: 'elepherd',
      labels: '{}',
      summary: JSON.stringify({ en: 'disk', 'zh-CN': '磁盘' }),
      cluster_id: subjectId,
    })
    .execute();
  await noteHappenings(db, outside, [happening({ kind: 'kernel', server: null })]);
  const now = new Date(Date.now() + 90_000).toISOString();
  const { entries, truncated } = await getClusterTimeline(ctx, subjectId, { to: now });
  expect(truncated).toBe(false);
  expect(entries.map((one) => one.at)).toEqual(entries.map((one) => one.at).sort());
  expect(new Set(entries.map((one) => one.kind))).toEqual(
    new Set(['promotion', 'kernel', 'operation', 'change', 'alert']),
  );
  // A host that has no part in it is not on its line, but on its own.
  expect(entries.filter((one) => one.kind === 'kernel')).toHaveLength(1);
  expect((await getHostTimeline(ctx, outside, { to: now })).entries).toMatchObject([{ kind: 'kernel' }]);
  const change = entries.find((one) => one.kind === 'change' && one.text.en.includes('work_mem'));
  expect(change?.text.en).toBe('Test Person changed settings: jit = ∅, work_mem = 9MB');
  expect(entries.find((one) => one.kind === 'operation')).toMatchObject({
    text: { en: expect.stringMatching(/: done$/) },
    endedAt: expect.any(String),
  });
  expect(entries.find((one) => one.kind === 'alert')).toMatchObject({ endedAt: null, severity: 'critical' });

  const viewer = await testContext({ may: ['fleet.*.read'], orgId: ctx.actor.orgId });
  const seen = await getClusterTimeline(viewer, subjectId, { to: now });
  expect(seen.entries.some((one) => one.kind === 'change')).toBe(false);
  expect(seen.entries.length).toBeGreaterThan(3);
  const stranger = await testContext({ may: ['*'] });
  await expect(getClusterTimeline(stranger, subjectId, {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(getHostTimeline(stranger, outside, {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(
    getClusterTimeline(ctx, subjectId, { from: now, to: new Date().toISOString() }),
  ).rejects.toMatchObject({ code: 'invalid' });
  const long = { from: '2020-01-01T00:00:00Z' };
  await expect(getClusterTimeline(ctx, subjectId, long)).rejects.toMatchObject({ code: 'invalid' });
  const before = await getClusterTimeline(ctx, subjectId, {
    from: '2026-01-01T00:00:00Z',
    to: '2026-01-02T00:00:00Z',
  });
  expect(before.entries).toEqual([]);
});

test('a guardian’s word is kept, each new stage is a fact, and its settings are the answer', async () => {
  const hostId = members[0]!.host_id;
  const seen = (stage: GuardedServer['stage']): GuardedServer => ({
    name: `patroni-${scope}`,
    stage,
    since: new Date().toISOString(),
    answers: true,
    sizeBytes: 5e10,
    freeBytes: 1e9,
    reserveBytes: 0,
    thresholds: {
      warnBytes: 7.5e9,
      releaseBytes: 1.5e9,
      readOnlyBytes: 1e9,
      recoverBytes: 2e9,
      floorBytes: 2.5e8,
    },
    daysToFull: 1.5,
    readOnly: stage === 'read-only',
    writesAllowedUntil: null,
    causes: [],
  });
  const facts = () =>
    db.selectFrom('platform.event').select('payload').where('fact', '=', 'fleet.guardian-stage').execute();
  expect(await noteGuardian(db, hostId, { servers: [seen('calm')] })).toEqual({ settings: guardianDefaults });
  expect(await facts()).toHaveLength(0);
  await noteGuardian(db, hostId, { servers: [seen('read-only')] });
  expect(await listClusterDisks(ctx, 'orders')).toMatchObject([{ hostName: 'host-1', stage: 'read-only' }]);
  await noteGuardian(db, hostId, { servers: [seen('read-only')] });
  expect((await facts()).map((one) => one.payload)).toMatchObject([{ before: 'calm', stage: 'read-only' }]);

  const settings = { mode: 'watch' as const, dropInactiveSlots: true };
  expect(await setGuardian(ctx, hostId, settings)).toMatchObject({
    settings,
    servers: [{ stage: 'read-only', daysToFull: 1.5 }],
  });
  expect(await noteGuardian(db, hostId, { servers: [seen('calm')] })).toEqual({ settings });
  const viewer = await testContext({ may: ['fleet.*.read'], orgId: ctx.actor.orgId });
  await expect(setGuardian(viewer, hostId, settings)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(confirmGuardian(viewer, hostId, {})).rejects.toMatchObject({ code: 'forbidden' });
  const stranger = await testContext({ may: ['*'] });
  await expect(listClusterDisks(stranger, 'orders')).rejects.toMatchObject({ code: 'not_found' });
  await expect(getHostGuardian(stranger, hostId)).rejects.toMatchObject({ code: 'not_found' });
  await expect(setGuardian(stranger, hostId, settings)).rejects.toMatchObject({ code: 'not_found' });
  await expect(confirmGuardian(stranger, hostId, {})).rejects.toMatchObject({ code: 'not_found' });
});
