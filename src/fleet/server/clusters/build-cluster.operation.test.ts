import { expect, test } from 'vitest';
import { testContext } from '#tests/support/context.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { FakeFleet, testVault } from '#tests/support/fake-fleet.ts';
import { newFleet, readyCluster } from '#tests/support/fake-clusters.ts';
import { changeContents } from '#src/fleet/server/contents/change-contents.operation.ts';
import { growCluster } from '#src/fleet/server/members/grow-cluster.operation.ts';
import { addMember } from '#src/fleet/server/members/add-member.ts';
import { removeMember } from '#src/fleet/server/members/remove-member.ts';
import { rebuildMember } from '#src/fleet/server/members/rebuild-member.operation.ts';
import { restartCluster } from '#src/fleet/server/members/restart-cluster.operation.ts';
import { shrinkCluster } from '#src/fleet/server/members/shrink-cluster.operation.ts';
import { switchOver } from '#src/fleet/server/members/switch-over.operation.ts';
import { applyConfig } from '#src/fleet/server/settings/apply-config.operation.ts';
import { buildCluster } from './build-cluster.operation.ts';
import { createCluster } from './create-cluster.ts';
import { purgeCluster } from './purge-cluster.operation.ts';
import { getCluster } from './queries.ts';

await testVault();

/** A cluster that was just asked for; its own operation is replaced by the one under test. */
async function asked(members: number): Promise<World> {
  const { ctx, fleet, hostNames } = await newFleet(members + 1);
  const cluster = await createCluster(ctx, { name: 'orders', members });
  await ctx.db.deleteFrom('platform.operation').where('subject_id', '=', cluster.id).execute();
  return {
    ctx,
    subjectId: cluster.id,
    whileWaiting: () => fleet.work(ctx),
    async state() {
      const row = await ctx.db
        .selectFrom('fleet.cluster')
        .select('phase')
        .where('id', '=', cluster.id)
        .executeTakeFirst();
      const slots = await ctx.db
        .selectFrom('fleet.port_slot')
        .select('slot')
        .where('cluster_id', '=', cluster.id)
        .execute();
      return { phase: row?.phase, slots: slots.length, ...fleet.picture(hostNames) };
    },
  };
}

test.each([1, 2, 3])('builds %i members, and ends the same however often it is cut off', async (members) => {
  const report = await runWithCrashes(buildCluster, () => asked(members));
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({ phase: 'ready' });
  const { running } = report.plain.state as { running: Record<string, string[]> };
  const expected =
    members === 2 ? ['etcd-orders'] : ['etcd-orders', 'haproxy-orders', 'patroni-orders', 'pgbouncer-orders'];
  expect(Object.values(running).at(members === 2 ? 2 : members - 1)).toEqual(expected);
  expect(report.differing).toEqual([]);
});

test('cancelled at any step it takes everything away and frees ports and name', async () => {
  const { outcomes, differing } = await runWithCancels(buildCluster, () => asked(3));
  expect(differing).toEqual([]);
  for (const { cancelledAt, outcome } of outcomes.filter((o) => o.outcome.end.state === 'cancelled')) {
    const { running, data } = outcome.state as {
      running: Record<string, string[]>;
      data: Record<string, string[]>;
    };
    expect([cancelledAt, Object.values(running).flat(), Object.values(data).flat()]).toEqual([
      cancelledAt,
      [],
      [],
    ]);
    expect(outcome.state).toMatchObject({ phase: 'deleted', slots: 0 });
  }
  expect(outcomes.some((o) => o.outcome.end.state === 'cancelled')).toBe(true);
});

test('a host that refuses fails the step with its words, and a retry goes on from there', async () => {
  const world = await asked(1);
  const fleet = new FakeFleet();
  fleet.refuse = (_host, kind) => (kind === 'install-packages' ? 'No space left on the disk.' : undefined);
  const { runOnce } = await import('#tests/support/fake-clusters.ts');
  const first = await runOnce(buildCluster, world, fleet);
  expect(first).toMatchObject({ state: 'failed', step: 'installPackages' });
  expect(JSON.stringify(first.reason)).toContain('No space left on the disk.');
  fleet.refuse = undefined;
  const second = await runOnce(buildCluster, world, fleet, first.id);
  expect(second).toMatchObject({ state: 'succeeded' });
});

test('switches over to the wished member and survives being cut off', async () => {
  const report = await runWithCrashes(switchOver, async () => {
    const world = await readyCluster(3);
    return { ...world, input: { candidate: 'orders-3' } };
  });
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({ leaders: ['orders-3'] });
  expect(report.differing).toEqual([]);
});

test.each([
  ['restarts', restartCluster, {}],
  ['restarts one member', restartCluster, { member: 'orders-2' }],
  ['rebuilds a replica', rebuildMember, { member: 'orders-2' }],
  ['applies a configuration', applyConfig, { restart: true }],
  [
    'changes contents',
    changeContents,
    { script: 'create-database', database: 'postgres', variables: { name: 'a', owner: 'app' } },
  ],
])(
  '%s, and ends the same however often it is cut off',
  async (_what, definition, input) => {
    const report = await runWithCrashes(definition, async () => ({ ...(await readyCluster(3)), input }));
    expect(report.plain.end.state).toBe('succeeded');
    expect(report.differing).toEqual([]);
  },
  60_000,
);

test.each([
  ['of a member that is not well', ['orders-2'], {}, ['host-2']],
  ['that leaves the member alone that is not well', ['orders-2'], { member: 'orders-3' }, []],
  ['of members that are well', [], {}, []],
])(
  'a restart %s keeps first what the hosts look like that it repairs, and no others',
  async (_what, sick, input, hosts) => {
    const report = await runWithCrashes(restartCluster, async () => {
      const world = await readyCluster(3);
      for (const name of sick) world.fleet.sick.add(name);
      return {
        ...world,
        input,
        async state() {
          const { db } = world.ctx;
          const kept = await db
            .selectFrom('fleet.evidence as e')
            .innerJoin('fleet.host as h', 'h.id', 'e.host_id')
            .select(['h.name', 'e.taken_at'])
            .where('e.cluster_id', '=', world.subjectId)
            .execute();
          const { first } = await db
            .selectFrom('fleet.task')
            .select((eb) => eb.fn.min('created_at').as('first'))
            .where('host_id', 'in', world.hostIds)
            .where('key', 'like', '%:restart %')
            .executeTakeFirstOrThrow();
          return { hosts: kept.map((one) => one.name), before: kept.every((one) => one.taken_at < first!) };
        },
      };
    });
    expect(report.plain).toMatchObject({ end: { state: 'succeeded' }, state: { hosts, before: true } });
    expect(report.differing).toEqual([]);
  },
);

test('refuses to rebuild the primary', async () => {
  const report = await runWithCrashes(rebuildMember, async () => ({
    ...(await readyCluster(3)),
    input: { member: 'orders-1' },
  }));
  expect(report.plain.end).toMatchObject({ state: 'failed', step: 'look' });
});

test('grows from one member to two with a witness, and shrinks from four to three with the vote handed on', async () => {
  const grow = await runWithCrashes(growCluster, async () => {
    const world = await readyCluster(1, 3);
    const [, second, third] = world.hostIds;
    await addMember(world.ctx, world.subjectId, { hostId: second!, witnessHostId: third! });
    await world.ctx.db.deleteFrom('platform.operation').where('subject_id', '=', world.subjectId).execute();
    return { ...world, input: { joining: ['orders-2', 'orders-witness'] } };
  });
  expect(grow.plain.end.state).toBe('succeeded');
  expect(grow.plain.state).toMatchObject({
    members: [['orders-1', 'orders-2']],
    votes: ['orders-1', 'orders-2', 'orders-witness'],
  });
  expect(grow.differing).toEqual([]);

  const shrink = await runWithCrashes(shrinkCluster, async () => {
    const world = await readyCluster(4, 4);
    const cluster = await getCluster(world.ctx, world.subjectId);
    await removeMember(world.ctx, world.subjectId, cluster.members[0]!.id);
    await world.ctx.db.deleteFrom('platform.operation').where('subject_id', '=', world.subjectId).execute();
    return { ...world, input: { leaving: 'orders-1' } };
  });
  expect(shrink.plain.end.state).toBe('succeeded');
  expect(shrink.plain.state).toMatchObject({
    members: [['orders-2', 'orders-3', 'orders-4']],
    votes: ['orders-2', 'orders-3', 'orders-4'],
  });
  expect(shrink.differing).toEqual([]);
}, 120_000);

test('deletes for good once the grace period is over, and comes back when cancelled before', async () => {
  const gone = await runWithCrashes(purgeCluster, () => readyCluster(3));
  expect(gone.plain.end.state).toBe('succeeded');
  expect(gone.plain.state).toMatchObject({ phase: 'deleted' });
  expect(gone.differing).toEqual([]);
  const cancels = await runWithCancels(purgeCluster, () => readyCluster(3));
  expect(cancels.differing).toEqual([]);
  const back = cancels.outcomes.find((o) => o.cancelledAt === 'stopServers');
  expect(back?.outcome).toMatchObject({ end: { state: 'cancelled' }, state: { phase: 'ready' } });
  const late = cancels.outcomes.find((o) => o.cancelledAt === 'removeData');
  expect(late?.outcome).toMatchObject({ end: { state: 'succeeded' }, state: { phase: 'deleted' } });
}, 120_000);

test('commands on a cluster refuse what cannot be, and change nothing', async () => {
  const world = await readyCluster(3);
  const cluster = await getCluster(world.ctx, world.subjectId);
  await expect(removeMember(world.ctx, cluster.id, cluster.members[0]!.id)).rejects.toMatchObject({
    code: 'conflict',
  });
  await expect(
    addMember(world.ctx, cluster.id, { hostId: cluster.members[0]!.hostId }),
  ).rejects.toMatchObject({ code: 'conflict' });
  const operations = await world.ctx.db
    .selectFrom('platform.operation')
    .select('id')
    .where('subject_id', '=', cluster.id)
    .execute();
  expect(operations).toEqual([]);
  const stranger = await testContext({ may: ['*'] });
  await expect(removeMember(stranger, cluster.id, cluster.members[0]!.id)).rejects.toMatchObject({
    code: 'not_found',
  });
});
