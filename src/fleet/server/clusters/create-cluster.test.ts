import { expect, test } from 'vitest';
import { setVault } from '#src/platform/server/secrets.ts';
import { createVault } from '#src/platform/server/secrets.ts';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testContext } from '#tests/support/context.ts';
import { someHost } from '#tests/support/hosts.ts';
import { createCluster } from './create-cluster.ts';
import { getCluster, getClusterBuild, previewCluster } from './queries.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'elepherd-'))));
const may = ['fleet.cluster.create', 'fleet.cluster.read'];

async function withHosts(count: number) {
  const ctx = await testContext({ may });
  for (let i = 1; i <= count; i++) await someHost(ctx, `host-${i}`);
  return ctx;
}

test('records the cluster, its members and ports, and starts its build', async () => {
  const ctx = await withHosts(3);
  const cluster = await createCluster(ctx, { name: 'orders', members: 3, protection: 'sync' });
  expect(cluster).toMatchObject({
    name: 'orders',
    phase: 'building',
    health: 'building',
    protection: 'sync',
    pgVersion: 17,
  });
  expect(cluster.members.map((m) => m.hostName)).toEqual(['host-1', 'host-2', 'host-3']);
  const operation = await ctx.db
    .selectFrom('platform.operation')
    .selectAll()
    .where('id', '=', cluster.operationId!)
    .executeTakeFirst();
  expect(operation).toMatchObject({
    kind: 'fleet.build-cluster',
    step: 'checkHosts',
    state: 'running',
    org_id: ctx.actor.orgId,
  });
});

test('two clusters on the same hosts get different ports', async () => {
  const ctx = await withHosts(1);
  const a = await createCluster(ctx, { name: 'orders' });
  const b = await createCluster(ctx, { name: 'stock' });
  expect(a.ports.postgres).toBe(5432);
  expect(b.ports.postgres).toBe(5433);
});

test('seals what must stay secret', async () => {
  const ctx = await withHosts(1);
  const cluster = await createCluster(ctx, { name: 'orders' });
  const build = await getClusterBuild(ctx.db, cluster.id);
  const row = await ctx.db
    .selectFrom('fleet.cluster')
    .selectAll()
    .where('id', '=', cluster.id)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toContain(build.appPassword);
  expect(row.secrets.includes(build.appPassword)).toBe(false);
});

test('refuses a taken name and changes nothing', async () => {
  const ctx = await withHosts(1);
  await createCluster(ctx, { name: 'orders' });
  await expect(createCluster(ctx, { name: 'orders' })).rejects.toMatchObject({ code: 'conflict' });
  const rows = await ctx.db
    .selectFrom('fleet.cluster')
    .select('id')
    .where('org_id', '=', ctx.actor.orgId)
    .execute();
  expect(rows).toHaveLength(1);
});

test('refuses a plan that cannot stand, with the reason the preview gives', async () => {
  const ctx = await withHosts(2);
  const wish = { name: 'orders', members: 2 };
  const preview = await previewCluster(ctx, wish);
  const blocker = preview.findings.find((f) => f.level === 'blocker');
  await expect(createCluster(ctx, wish)).rejects.toThrow(blocker?.text.en);
});

test('refuses an actor without the permission', async () => {
  const ctx = await testContext({ may: ['fleet.cluster.read'] });
  await expect(createCluster(ctx, { name: 'orders' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('another organisation’s cluster is not found, and its hosts are not chosen', async () => {
  const ctx = await withHosts(1);
  const cluster = await createCluster(ctx, { name: 'orders' });
  const stranger = await testContext({ may });
  await expect(getCluster(stranger, cluster.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(getCluster(stranger, 'orders')).rejects.toMatchObject({ code: 'not_found' });
  await expect(createCluster(stranger, { name: 'mine' })).rejects.toMatchObject({ code: 'conflict' });
});
