import type { DerivedSetting, Started, UpdateSettings } from '#src/fleet/contract/clusters.ts';
import { lockCluster } from '#src/fleet/server/clusters/lock-cluster.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { applyConfig } from './apply-config.operation.ts';
import { readPgSettings } from './queries.ts';
import { lowersSharedMemory, refusalOf } from './rules.ts';

/** Records chosen settings and starts giving them to the members. Refuses names and values that PostgreSQL would not take, before anything changes. */
export async function updateSettings(ctx: Context, idOrName: string, wish: UpdateSettings): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.update');
  const known = new Map((await readPgSettings(ctx, idOrName)).map((row) => [row.name, row]));
  for (const [name, value] of Object.entries(wish.settings)) {
    const refusal = refusalOf(name, value ?? known.get(name)?.setting ?? '', known.get(name));
    if (refusal) throw new AppError('invalid', refusal);
  }
  return inTransaction(ctx, async (tx) => {
    const cluster = await lockCluster(tx, idOrName);
    const stored = await tx.db
      .selectFrom('fleet.cluster')
      .select(['settings', 'derived_settings'])
      .where('id', '=', cluster.id)
      .executeTakeFirstOrThrow();
    const before = stored.settings as Record<string, string>;
    const entries = Object.entries({ ...before, ...wish.settings }).filter(
      (e): e is [string, string] => e[1] !== null,
    );
    const after = Object.fromEntries(entries);
    const derived = Object.fromEntries(
      (stored.derived_settings as unknown as DerivedSetting[]).map((d) => [d.name, d.value]),
    );
    await tx.db
      .updateTable('fleet.cluster')
      .set({ settings: JSON.stringify(after) })
      .where('id', '=', cluster.id)
      .execute();
    const operationId = await startOperation(tx, applyConfig, cluster.id, {
      restart: wish.restart,
      lowered: lowersSharedMemory({ ...derived, ...before }, { ...derived, ...after }),
      removed: Object.keys(wish.settings).filter((name) => wish.settings[name] === null),
    });
    await audit(tx, 'fleet.cluster.update', cluster.id, { name: cluster.name, settings: wish.settings });
    return { operationId };
  });
}
