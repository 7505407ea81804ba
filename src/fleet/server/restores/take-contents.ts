import type { Started } from '#src/fleet/contract/clusters.ts';
import { TakeContents } from '#src/fleet/contract/restores.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { takeContents as operation } from './take-contents.operation.ts';

/** Starts to copy a database or a table out of a scratch server into a new database of its cluster. Refuses a restore that keeps none. */
export async function takeContents(ctx: Context, id: string, given: TakeContents): Promise<Started> {
  requirePermission(ctx, 'fleet.restore.start');
  const wish = TakeContents.parse(given);
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .selectFrom('fleet.restore')
      .select(['id', 'cluster_id', 'kind', 'state', 'keep_until'])
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', restoreText.noSuchRestore);
    const busy = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('subject_id', '=', id)
      .where('state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (row.kind !== 'scratch' || row.state !== 'done' || row.keep_until === null || busy)
      throw new AppError('conflict', restoreText.noScratch);
    const [schema, name] = wish.table?.includes('.') ? wish.table.split('.') : ['public', wish.table];
    const into = wish.into ?? `${wish.database}_restored`.slice(0, 63);
    const operationId = await startOperation(tx, operation, id, {
      database: wish.database,
      table: name === undefined ? null : { schema, name },
      into,
    });
    await audit(tx, 'fleet.restore.take', row.cluster_id, { restore: id, ...wish, into });
    return { operationId };
  });
}
