import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { readyCluster, runOnce } from '#tests/support/fake-clusters.ts';
import { testVault, type FakeFleet } from '#tests/support/fake-fleet.ts';
import { deleteCluster } from '#src/fleet/server/clusters/delete-cluster.ts';
import { purgeCluster } from '#src/fleet/server/clusters/purge-cluster.operation.ts';
import { addMember } from '#src/fleet/server/members/add-member.ts';
import { growCluster } from '#src/fleet/server/members/grow-cluster.operation.ts';
import type { OperationDefinition } from '#src/platform/server/operations/define-operation.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { createLog } from '#src/platform/server/log.ts';
import { type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createRepository } from '#src/fleet/server/repositories/create-repository.ts';
import { removeRepository } from '#src/fleet/server/repositories/remove-repository.ts';
import { showKey } from '#src/fleet/server/repositories/show-key.ts';
import { createPolicy } from './create-policy.ts';
import { disableBackups as disableOperation } from './disable-backups.operation.ts';
import { disableBackups } from './disable-backups.ts';
import { enableBackups as enableOperation } from './enable-backups.operation.ts';
import { enableBackups } from './enable-backups.ts';
import { getClusterBackups, listPlans } from './queries.ts';
import { runBackup } from './run-backup.operation.ts';
import { startBackup } from './start-backup.ts';
import { startDueBackups } from './start-due-backups.job.ts';
import { updatePolicy } from './update-policy.ts';

await testVault();

const s3 = {
  kind: 's3' as const,
  endpoint: 'store.example.com:9000',
  bucket: 'herd',
};

type Asked = World & { fleet: FakeFleet; ctx: Context; hostIds: string[] };

/** A ready cluster with a plan that was just asked for; its operation is replaced by the one under test. */
async function asked(repositories = ['near', 'far'], hosts = 3): Promise<Asked> {
  const world = await readyCluster(3, hosts);
  const { ctx, fleet, subjectId } = world;
  for (const name of repositories)
    await createRepository(ctx, { name, place: s3, accessKeyId: 'key', secretAccessKey: 'secret' });
  await createPolicy(ctx, { name: 'daily', retention: { days: 1, weeks: 0, months: 0 } });
  await enableBackups(ctx, subjectId, { policy: 'daily', repositories });
  await forgetOperations(ctx);
  const plain = world.state;
  return {
    ...world,
    async state() {
      const { plan, backups } = await getClusterBackups(ctx, subjectId);
      return {
        ...((await plain()) as object),
        state: plan?.state,
        backups: backups.map((b) => `${b.repositoryName} ${b.type}`),
        files: [...fleet.backupFiles.values()].map((set) => set.size),
        archive: archiveOf(fleet),
      };
    },
  };
}

async function forgetOperations(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('platform.operation').where('org_id', '=', ctx.actor.orgId).execute();
}

/** Runs the operation that was started for a cluster to its end. */
async function finishRunning(definition: OperationDefinition, { ctx, fleet, subjectId }: Asked) {
  const db = ctx.db as Kysely<DB>;
  const { id } = await db
    .selectFrom('platform.operation')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', definition.kind)
    .executeTakeFirstOrThrow();
  for (let turn = 0; turn < 300; turn++) {
    await runOperation(db, new Map([[definition.kind, definition]]), id, createLog('test', 'silent'));
    const row = await db
      .selectFrom('platform.operation')
      .select('state')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (row.state !== 'running') return row.state;
    await fleet.work(ctx);
  }
  return 'running';
}

const archiveOf = (fleet: FakeFleet) =>
  (
    fleet.config['postgresql'] as { parameters?: Record<string, string>; recovery_conf?: unknown } | undefined
  )?.parameters?.['archive_command']?.replace(/-[0-9a-f]{6} /, ' ');

test('enabling ends the same however often it is cut off, and begins one first backup', async () => {
  const report = await runWithCrashes(enableOperation, () => asked());
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({
    state: 'on',
    files: [1, 1, 1],
    archive: 'pgbackrest --stanza=orders --archive-timeout=10 archive-push "%p"',
  });
  expect(report.differing).toEqual([]);
});

test('cancelled at any step, enabling leaves a cluster that archives nothing', async () => {
  const { outcomes, differing } = await runWithCancels(enableOperation, () => asked());
  expect(differing).toEqual([]);
  for (const { outcome } of outcomes.filter((o) => o.outcome.end.state === 'cancelled'))
    expect(outcome.state).toMatchObject({ state: 'off', archive: '/bin/true' });
});

test('a member that sees another storage is found out before anything is switched on', async () => {
  const world = await asked(['near']);
  let seen = 0;
  world.fleet.refuse = (_, kind) => (kind === 'backup-info' && seen++ === 1 ? 'no stanza here' : undefined);
  const end = await runOnce(enableOperation, world, world.fleet);
  expect(end).toMatchObject({ state: 'failed', step: 'compareMembers' });
  expect(archiveOf(world.fleet)).toBeUndefined();
});

/** A cluster with backups enabled, and nothing running. */
async function enabled(repositories?: string[]): Promise<Asked & { planId: string }> {
  const world = await asked(repositories);
  const end = await runOnce(enableOperation, world, world.fleet);
  expect(end.state).toBe('succeeded');
  const { plan } = await getClusterBackups(world.ctx, world.subjectId);
  return { ...world, planId: plan!.id };
}

test('the first backup goes into every repository, and another one is refused meanwhile', async () => {
  const world = await enabled();
  const { ctx, fleet, subjectId, planId } = world;
  await expect(startBackup(ctx, subjectId, {})).rejects.toThrow(/running/);
  await expect(disableBackups(ctx, subjectId)).rejects.toThrow(/running/);
  await forgetOperations(ctx);
  expect(await runOnce(runBackup, { ctx, subjectId: planId }, fleet)).toMatchObject({ state: 'succeeded' });
  const { backups, plan } = await getClusterBackups(ctx, subjectId);
  expect(backups.map((b) => `${b.repositoryName} ${b.type}`)).toEqual(['far full', 'near full']);
  expect(plan).toMatchObject({ repositories: [{ backups: 1 }, { backups: 1 }], backupAgeSeconds: 0 });
  expect(plan?.next.full).not.toBeNull();
});

test('a backup ends the same however often it is cut off', async () => {
  const report = await runWithCrashes(runBackup, async () => {
    const world = await enabled();
    await forgetOperations(world.ctx);
    return { ...world, subjectId: world.planId };
  });
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({ backups: ['far full', 'near full'] });
  expect(report.differing).toEqual([]);
});

test('a backup that fails is begun anew on whoever is primary then', async () => {
  const { ctx, fleet, subjectId, planId } = await enabled(['near']);
  await forgetOperations(ctx);
  let refusals = 0;
  fleet.refuse = (_, kind, input) => {
    if (kind !== 'backup-command' || (input as { command: string }).command !== 'backup') return undefined;
    if (refusals++ > 0) return undefined;
    const [scope, members] = [...fleet.members][0]!;
    fleet.leader.set(scope, members[1]!);
    return 'the server was shut down';
  };
  expect(await runOnce(runBackup, { ctx, subjectId: planId }, fleet)).toMatchObject({ state: 'succeeded' });
  expect((await getClusterBackups(ctx, subjectId)).backups).toHaveLength(1);
});

test('the schedule starts what is due, once, and waits for one that runs', async () => {
  const { ctx, subjectId, planId } = await enabled(['near']);
  const db = ctx.db as Kysely<DB>;
  const job = { db, log: createLog('test', 'silent'), config: undefined as never };
  const running = () =>
    db
      .selectFrom('platform.operation')
      .select(['input', 'started_by'])
      .where('subject_id', '=', planId)
      .execute();
  const longAgo = () =>
    db
      .updateTable('fleet.backup_plan')
      .set({ considered_at: new Date(Date.now() - 8 * 24 * 3600 * 1000) })
      .where('id', '=', planId)
      .execute();
  await longAgo();
  await startDueBackups.run(job, {} as never);
  // The first full backup still runs.
  expect(await running()).toHaveLength(1);
  await forgetOperations(ctx);
  await startDueBackups.run(job, {} as never);
  await forgetOperations(ctx).then(() => startDueBackups.run(job, {} as never));
  expect(await running()).toHaveLength(0);
  await longAgo();
  await startDueBackups.run(job, {} as never);
  expect(await running()).toMatchObject([
    { input: { type: 'full', positions: [1] }, started_by: 'schedule' },
  ]);
  expect((await getClusterBackups(ctx, subjectId)).plan?.operationId).not.toBeNull();
});

test('disabled, nothing is archived any more and the backups stay', async () => {
  const { ctx, fleet, subjectId, planId } = await enabled(['near']);
  await forgetOperations(ctx);
  await runOnce(runBackup, { ctx, subjectId: planId }, fleet);
  await disableBackups(ctx, subjectId);
  await forgetOperations(ctx);
  expect(await runOnce(disableOperation, { ctx, subjectId }, fleet)).toMatchObject({ state: 'succeeded' });
  expect(archiveOf(fleet)).toBe('/bin/true');
  const { plan, backups } = await getClusterBackups(ctx, subjectId);
  expect({ state: plan?.state, backups: backups.length }).toEqual({ state: 'off', backups: 1 });
  await expect(startBackup(ctx, subjectId, {})).rejects.toThrow(/not enabled/);
  // Backups that nobody else could read any more are not forgotten by a slip.
  await expect(removeRepository(ctx, 'near')).rejects.toThrow(/passphrase/);
  const key = await showKey(ctx, 'near');
  expect(key.passphrase).toHaveLength(48);
  await removeRepository(ctx, 'near');
  expect((await getClusterBackups(ctx, subjectId)).backups).toEqual([]);
});

test('disabling ends the same however often it is cut off', async () => {
  const report = await runWithCrashes(disableOperation, async () => {
    const world = await enabled(['near']);
    await forgetOperations(world.ctx);
    await disableBackups(world.ctx, world.subjectId);
    await forgetOperations(world.ctx);
    return world;
  });
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({ state: 'off', archive: '/bin/true' });
  expect(report.differing).toEqual([]);
});

test('a policy that is changed reaches its clusters; one that only keeps longer does not touch them', async () => {
  const { ctx, subjectId } = await enabled(['near']);
  await forgetOperations(ctx);
  await updatePolicy(ctx, 'daily', { retention: { days: 30, weeks: 0, months: 0 } });
  const operations = () =>
    ctx.db.selectFrom('platform.operation').select('kind').where('org_id', '=', ctx.actor.orgId).execute();
  expect(await operations()).toEqual([]);
  await updatePolicy(ctx, 'daily', { processMax: 4 });
  expect(await operations()).toEqual([{ kind: 'fleet.enable-backups' }]);
  await expect(
    updatePolicy(ctx, 'daily', { schedule: { full: '0 0 31 2 *', diff: null, incr: null, timeZone: 'UTC' } }),
  ).rejects.toThrow(/never comes/);
  const [plan] = await listPlans(ctx);
  expect(plan).toMatchObject({ clusterId: subjectId, policy: { processMax: 4, retention: { days: 30 } } });
});

test('a member that joins finds its files before PostgreSQL runs there, and a cluster that ends keeps its backups', async () => {
  const world = await asked(['near'], 4);
  const { ctx, fleet, subjectId, hostIds } = world;
  expect(await runOnce(enableOperation, world, fleet)).toMatchObject({ state: 'succeeded' });
  await forgetOperations(ctx);
  await addMember(ctx, subjectId, { hostId: hostIds[3]! });
  let placedFirst: boolean | undefined;
  fleet.refuse = (hostId, kind) => {
    if (kind === 'ensure-service' && hostId === hostIds[3])
      placedFirst ??= (fleet.backupFiles.get(hostId)?.size ?? 0) > 0;
    return undefined;
  };
  expect(await finishRunning(growCluster, world)).toBe('succeeded');
  expect(placedFirst).toBe(true);
  await forgetOperations(ctx);
  await ctx.db
    .updateTable('fleet.cluster')
    .set({ deletion_protected: false })
    .where('id', '=', subjectId)
    .execute();
  await deleteCluster(ctx, subjectId, { confirm: 'orders', graceHours: 0 });
  expect(await finishRunning(purgeCluster, world)).toBe('succeeded');
  const [plan] = await listPlans(ctx);
  expect(plan).toMatchObject({ state: 'off', clusterName: 'orders' });
});

test('another organisation sees neither repositories nor plans', async () => {
  const { ctx, subjectId } = await enabled(['near']);
  const other = await readyCluster(1, 1);
  expect(await listPlans(other.ctx)).toEqual([]);
  await expect(getClusterBackups(other.ctx, subjectId)).rejects.toThrow();
  await expect(showKey(other.ctx, 'near')).rejects.toThrow(/no such/i);
  await expect(
    enableBackups(other.ctx, other.subjectId, { policy: 'daily', repositories: ['near'] }),
  ).rejects.toThrow(/no such/i);
  expect(await listPlans(ctx)).toHaveLength(1);
});
