import type { Started } from '#src/fleet/contract/clusters.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { cleanRestore as operation } from './make-scratch.operation.ts';

/** Starts the removal of what a restore keeps: the data of before, or a scratch server. Refuses one that keeps nothing. */
export async function cleanRestore(ctx: Context, id: string): Promise<Started> {
  requirePermission(ctx, 'fleet.restore.start');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('fleet.restore')
      .select(['id', 'cluster_id', 'state', 'keep_until'])
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', restoreText.noSuchRestore);
    const busy = await isWorkedOn(tx.db, id);
    if (row.state !== 'done' || row.keep_until === null || busy)
      throw new AppError('conflict', restoreText.nothingAside);
    const operationId = await startOperation(tx, operation, id, { restoreId: id });
    await audit(tx, 'fleet.restore.clean', row.cluster_id, { restore: id });
    return { operationId };
  });
}
