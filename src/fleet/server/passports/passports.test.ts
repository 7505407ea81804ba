import { expect, test } from 'vitest';
import { createPolicy } from '#src/fleet/server/backups/create-policy.ts';
import { enableBackups as enableOperation } from '#src/fleet/server/backups/enable-backups.operation.ts';
import { enableBackups } from '#src/fleet/server/backups/enable-backups.ts';
import { getClusterBackups, getPlanBuild } from '#src/fleet/server/backups/queries.ts';
import { getCluster, getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { createRepository } from '#src/fleet/server/repositories/create-repository.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database, testContext } from '#tests/support/context.ts';
import { runWithCrashes } from '#tests/support/crash-operations.ts';
import { readyCluster, runOnce } from '#tests/support/fake-clusters.ts';
import { testVault } from '#tests/support/fake-fleet.ts';
import { someFacts, someHost } from '#tests/support/hosts.ts';
import { givePassports } from './give-passports.job.ts';
import { placeClusters, type Told } from './rules.ts';
import { startTakeBack } from './start-take-back.ts';
import { takeBack } from './take-back.operation.ts';

await testVault();
const job = { db: database.db, log: createLog('test', 'silent'), config: undefined as never };
const { db } = database;

/** A cluster with backups whose hosts keep what is known of it; then Elepherd is lost, and its hosts are enrolled in another. */
async function lost(enrolled = [0, 1, 2]) {
  const world = await readyCluster(3, 3);
  const { ctx, fleet, subjectId, hostIds } = world;
  await createRepository(ctx, {
    name: 'store',
    place: { kind: 's3', endpoint: 'store.example.com', bucket: 'herd' },
    accessKeyId: 'key',
    secretAccessKey: 'a-long-secret',
  });
  await createPolicy(ctx, { name: 'daily' });
  await enableBackups(ctx, subjectId, { policy: 'daily', repositories: ['store'] });
  await db.deleteFrom('platform.operation').where('org_id', '=', ctx.actor.orgId).execute();
  expect((await runOnce(enableOperation, world, fleet)).state).toBe('succeeded');
  await givePassports.run(job, {} as never);
  await fleet.work(ctx);
  const { plan } = await getClusterBackups(ctx, subjectId);
  const before = { build: await getClusterBuild(db, subjectId), plan: await getPlanBuild(db, plan!.id) };
  // What a person reads of tasks holds none of it.
  const tasks = await db
    .selectFrom('fleet.task')
    .select(['kind', 'input'])
    .where('kind', '=', 'keep-passport')
    .execute();
  expect(JSON.stringify(tasks)).not.toContain('BEGIN');
  await forgetEverything(ctx);
  const next = await testContext({ may: ['*'] });
  const moved = new Map<string, string>();
  for (const at of enrolled)
    moved.set(hostIds[at]!, await someHost(next, `again-${at}`, someFacts({ addresses: [`10.9.0.${at}`] })));
  fleet.moveHosts(moved);
  return { ctx: next, fleet, subjectId, before, moved };
}

async function forgetEverything({ actor }: Context): Promise<void> {
  const ofOrg = (table: 'fleet.cluster' | 'fleet.backup_plan') =>
    db.selectFrom(table).select('id').where('org_id', '=', actor.orgId);
  await db
    .deleteFrom('fleet.backup_plan_repository')
    .where('plan_id', 'in', ofOrg('fleet.backup_plan'))
    .execute();
  await db.deleteFrom('fleet.backup').where('plan_id', 'in', ofOrg('fleet.backup_plan')).execute();
  await db.deleteFrom('fleet.archive_range').where('plan_id', 'in', ofOrg('fleet.backup_plan')).execute();
  await db.deleteFrom('fleet.backup_plan').where('org_id', '=', actor.orgId).execute();
  await db.deleteFrom('fleet.backup_policy').where('org_id', '=', actor.orgId).execute();
  await db.deleteFrom('fleet.repository').where('org_id', '=', actor.orgId).execute();
  await db.deleteFrom('fleet.cluster').where('org_id', '=', actor.orgId).execute();
}

test('what the hosts know brings clusters, accounts, keys, policies and repositories back as they were', async () => {
  const { ctx, fleet, subjectId, before, moved } = await lost();
  await startTakeBack(ctx);
  await expect(startTakeBack(ctx)).rejects.toThrow(/already/);
  const started = await db
    .deleteFrom('platform.operation')
    .where('org_id', '=', ctx.actor.orgId)
    .returning('input')
    .executeTakeFirstOrThrow();
  const run = () =>
    runWithInput({ ctx, subjectId: ctx.actor.orgId, input: started.input as Record<string, unknown> }, fleet);
  expect(await run()).toMatchObject({ state: 'succeeded' });
  const build = await getClusterBuild(db, subjectId);
  const sameHosts = before.build.members.map((member) => ({
    ...member,
    hostId: moved.get(member.hostId),
    hostName: expect.any(String) as string,
    address: expect.any(String) as string,
  }));
  expect(build.members).toEqual(sameHosts);
  const { members: _, ...spec } = build.spec;
  const { members: _before, ...specBefore } = before.build.spec;
  expect(spec).toEqual(specBefore);
  expect([build.authority, build.appPassword, build.slot, build.phase]).toEqual([
    before.build.authority,
    before.build.appPassword,
    before.build.slot,
    'ready',
  ]);
  const { plan } = await getClusterBackups(ctx, subjectId);
  const again = await getPlanBuild(db, plan!.id);
  expect(again.spec).toEqual(before.plan.spec);
  expect(again.schedule).toEqual(before.plan.schedule);
  expect((await getCluster(ctx, 'orders')).id).toBe(subjectId);
  // Once more changes nothing.
  expect(await run()).toMatchObject({ state: 'succeeded' });
  expect((await getClusterBuild(db, subjectId)).members).toHaveLength(3);
});

/** Runs the operation with an input of its own. */
async function runWithInput(
  world: { ctx: Context; subjectId: string; input: Record<string, unknown> },
  fleet: Awaited<ReturnType<typeof lost>>['fleet'],
) {
  const report = await runWithCrashes(takeBack, async () => ({
    ...world,
    state: async () => null,
    whileWaiting: () => fleet.work(world.ctx),
  }));
  expect(report.differing).toEqual([]);
  return report.plain.end;
}

test('a cluster waits until the hosts of all its members are enrolled', async () => {
  const { ctx, fleet, subjectId } = await lost([0, 2]);
  const hosts = await db
    .selectFrom('fleet.host')
    .select('id')
    .where('org_id', '=', ctx.actor.orgId)
    .execute();
  const input = { hostIds: hosts.map(({ id }) => id) };
  expect(await runWithInput({ ctx, subjectId: ctx.actor.orgId, input }, fleet)).toMatchObject({
    state: 'succeeded',
  });
  await expect(getCluster(ctx, subjectId)).rejects.toThrow();
  const said = await db.selectFrom('platform.operation_log').select('text').execute();
  expect(JSON.stringify(said)).toMatch(/not taken back yet: orders-\d/);
});

test('without a host there is nobody to ask', async () => {
  await expect(startTakeBack(await testContext({ may: ['*'] }))).rejects.toThrow(/No host is online/);
});

test('members find their hosts by their own word, then by address; the newest word counts', () => {
  const passport = (name: string) =>
    ({
      cluster: { scope: 'a-1', name },
      members: [
        { name: 'a-1', address: '10.0.0.1' },
        { name: 'a-w', address: '10.0.0.9' },
        { name: 'a-3', address: '10.0.0.3' },
      ],
    }) as unknown as Told['passport'];
  const told: Told[] = [
    { hostId: 'h1', hostName: 'x', member: 'a-1', keptAt: '2026-01-01', passport: passport('old') },
    { hostId: 'h2', hostName: 'y', member: 'a-2', keptAt: '2026-01-02', passport: passport('new') },
  ];
  const [found] = placeClusters(told, [{ id: 'h9', address: '10.0.0.9' }]);
  expect(found?.passport.cluster.name).toBe('new');
  expect([...(found?.hosts ?? [])]).toEqual([
    ['a-1', 'h1'],
    ['a-w', 'h9'],
  ]);
  expect(found?.missing).toEqual(['a-3']);
});
