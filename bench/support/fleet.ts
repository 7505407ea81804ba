import { sql } from 'kysely';
import type { ServerSeen } from '#src/fleet/contract/hosts.ts';
import { buildCluster } from '#src/fleet/server/clusters/build-cluster.operation.ts';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { serviceName } from '#src/fleet/server/clusters/files.rules.ts';
import type { Context } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { someFacts, someHost } from '#tests/support/hosts.ts';
import type { Elepherd } from './elepherd.ts';

/** Hosts and clusters that exist in the database only, three members a cluster, built and seen: what lists and pages are read from. */
export async function insertFleet(elepherd: Elepherd, clusters: number): Promise<void> {
  const db = createDb(createPool(elepherd.databaseUrl, 2));
  try {
    setVault(await createVault(elepherd.home));
    const owner = await db
      .selectFrom('identity.membership as m')
      .innerJoin('identity.account as a', 'a.id', 'm.account_id')
      .select(['a.id', 'm.org_id as orgId', 'a.name'])
      .executeTakeFirstOrThrow();
    const ctx: Context = {
      db,
      actor: { kind: 'user', ...owner, may: () => true },
      requestId: null,
      ip: null,
      locale: 'en',
    };
    const hostIds: string[] = [];
    for (let at = 1; at <= clusters; at += 1) {
      hostIds.push(await someHost(ctx, `host-${at}`, someFacts({ addresses: [`10.0.${at}.1`] })));
    }
    for (let at = 0; at < clusters; at += 1) {
      const chosen = [0, 1, 2].map((next) => hostIds[(at + next) % clusters] ?? '');
      await insertCluster(ctx, `cluster-${at + 1}`, chosen);
    }
  } finally {
    await db.destroy();
  }
}

async function insertCluster(ctx: Context, name: string, hostIds: string[]): Promise<void> {
  const { db } = ctx;
  const { id, scope, operationId } = await createCluster(ctx, { name, hostIds });
  await sql`select graphile_worker.remove_job(${`operation:${operationId ?? ''}`})`.execute(db);
  const steps = Object.entries(buildCluster.steps).flatMap(([step, { hidden }]) => (hidden ? [] : [step]));
  const at = new Date();
  await db
    .updateTable('platform.operation')
    .set({ state: 'succeeded', step: steps.at(-1) ?? '', ended_at: at })
    .where('id', '=', operationId)
    .execute();
  await db.deleteFrom('platform.operation_step').where('operation_id', '=', operationId).execute();
  await db
    .insertInto('platform.operation_step')
    .values(
      steps.map((step) => ({
        operation_id: operationId ?? '',
        name: step,
        state: 'done',
        started_at: at,
        ended_at: at,
      })),
    )
    .execute();
  await db.updateTable('fleet.cluster').set({ phase: 'ready' }).where('id', '=', id).execute();
  await db.updateTable('fleet.member').set({ phase: 'ready' }).where('cluster_id', '=', id).execute();
  const members = hostIds.map((_, index) => ({
    name: `${name}-${index + 1}`,
    role: index === 0 ? 'leader' : 'replica',
    state: index === 0 ? 'running' : 'streaming',
    timeline: 1,
    lagBytes: index === 0 ? null : 0,
    pendingRestart: false,
  }));
  for (const [index, hostId] of hostIds.entries()) {
    const seen: ServerSeen = {
      name: serviceName.patroni(scope),
      running: true,
      role: index === 0 ? 'primary' : 'replica',
      state: index === 0 ? 'running' : 'streaming',
      timeline: 1,
      position: 83_886_080,
      pendingRestart: false,
      members,
      paused: false,
      seenAt: at.toISOString(),
    };
    await db
      .updateTable('fleet.host')
      .set({ servers: sql`servers || ${JSON.stringify([seen])}::jsonb` })
      .where('id', '=', hostId)
      .execute();
  }
}
