import type { Kysely } from 'kysely';
import { buildCluster } from '#src/fleet/server/clusters/build-cluster.operation.ts';
import { createCluster } from '#src/fleet/server/clusters/create-cluster.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import { retryOperation } from '#src/platform/server/operations/cancel-operation.ts';
import type { OperationDefinition } from '#src/platform/server/operations/define-operation.ts';
import { knowOperations } from '#src/platform/server/operations/queries.ts';
import { runOperation } from '#src/platform/server/operations/run-operation.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { testContext } from './context.ts';
import type { World } from './crash-operations.ts';
import { FakeFleet } from './fake-fleet.ts';
import { someHost } from './hosts.ts';

const log = createLog('test', 'silent');

/** An organisation with hosts that exist in memory only. */
export async function newFleet(hosts: number) {
  const ctx = await testContext({ may: ['*'] });
  const hostIds: string[] = [];
  for (let i = 1; i <= hosts; i++) hostIds.push(await someHost(ctx, `host-${i}`));
  const hostNames = new Map(hostIds.map((id, i) => [id, `host-${i + 1}`]));
  return { ctx, fleet: new FakeFleet(), hostIds, hostNames };
}

/** Runs one operation until it ends, with hosts that do their work; a failed one is retried when its id is given. */
export async function runOnce(
  definition: OperationDefinition,
  world: Pick<World, 'ctx' | 'subjectId' | 'input'>,
  fleet: FakeFleet,
  retry?: string,
) {
  knowOperations([definition]);
  const { ctx } = world;
  const db = ctx.db as Kysely<DB>;
  const id =
    retry ?? (await inTransaction(ctx, (tx) => startOperation(tx, definition, world.subjectId, world.input)));
  if (retry !== undefined) await retryOperation(ctx, retry);
  for (let turn = 0; turn < 500; turn++) {
    await runOperation(db, new Map([[definition.kind, definition]]), id, log);
    const row = await db
      .selectFrom('platform.operation')
      .select(['id', 'state', 'step', 'reason'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (row.state !== 'running') return row;
    await fleet.work(ctx);
  }
  throw new Error(`${definition.kind} never ends`);
}

/** A cluster that was built and is ready, with the world in which it stands. */
export async function readyCluster(
  members: number,
  hosts = members + 1,
): Promise<World & { hostIds: string[]; fleet: FakeFleet; ctx: Context }> {
  const { ctx, fleet, hostIds, hostNames } = await newFleet(hosts);
  const cluster = await createCluster(ctx, { name: 'orders', members });
  const world = { ctx, subjectId: cluster.id };
  await ctx.db.deleteFrom('platform.operation').where('subject_id', '=', cluster.id).execute();
  const built = await runOnce(buildCluster, world, fleet);
  if (built.state !== 'succeeded')
    throw new Error(`the cluster was not built: ${JSON.stringify(built.reason)}`);
  await ctx.db.deleteFrom('platform.operation').where('subject_id', '=', cluster.id).execute();
  return {
    ...world,
    hostIds,
    fleet,
    whileWaiting: () => fleet.work(ctx),
    async state() {
      const row = await ctx.db
        .selectFrom('fleet.cluster')
        .select('phase')
        .where('id', '=', cluster.id)
        .executeTakeFirst();
      return { phase: row?.phase, ...fleet.picture(hostNames) };
    },
  };
}
