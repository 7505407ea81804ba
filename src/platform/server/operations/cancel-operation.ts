import { sql } from 'kysely';
import type { Operation } from '../../contract/operations.ts';
import { platformText } from '../../contract/platform.text.ts';
import { audit } from '../audit.ts';
import { inTransaction, requirePermission, type Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { findDefinition, getOperation } from './queries.ts';
import { logLine } from './run-operation.ts';
import { wakeOperation } from './start-operation.ts';

/** Asks a running or failed operation to undo what it began; a step notices the wish. Refuses where stopping would make things worse. */
export async function cancelOperation(ctx: Context, id: string): Promise<Operation> {
  requirePermission(ctx, 'platform.operation.cancel');
  return inTransaction(ctx, async (tx) => {
    await lockOperation(tx, id);
    const operation = await getOperation(tx, id);
    requireKind(tx, operation.kind);
    if (operation.state !== 'running' && operation.state !== 'failed') {
      throw new AppError('conflict', platformText.operationOver);
    }
    if (!operation.canCancel) throw new AppError('conflict', platformText.operationKeeps);
    await tx.db
      .updateTable('platform.operation')
      .set({ state: 'cancelling', ended_at: null, reason: null, attempt: 0 })
      .where('id', '=', id)
      .execute();
    const failedOnTheWayBack = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('id', '=', id)
      .where(sql<boolean>`data ? 'cancelTurned'`)
      .executeTakeFirst();
    if (failedOnTheWayBack) await enterAgain(tx, id, operation.step);
    await wakeOperation(tx.db, id);
    await audit(tx, 'platform.operation.cancel', id, { kind: operation.kind });
    // Last, so that lines become visible in the order of their numbers and a reader who resumes skips none.
    await logLine(tx.db, id, operation.step, platformText.cancelWished, 'info');
    return getOperation(tx, id);
  });
}

/** Runs the failed step of an operation again. Refuses one that has not failed. */
export async function retryOperation(ctx: Context, id: string): Promise<Operation> {
  requirePermission(ctx, 'platform.operation.retry');
  return inTransaction(ctx, async (tx) => {
    await lockOperation(tx, id);
    const operation = await getOperation(tx, id);
    requireKind(tx, operation.kind);
    if (operation.state !== 'failed') throw new AppError('conflict', platformText.operationNotFailed);
    const seconds = findDefinition(operation.kind)?.deadlineSeconds ?? 3600;
    await tx.db
      .updateTable('platform.operation')
      .set({
        state: sql`case when data ? 'cancelTurned' then 'cancelling' else 'running' end`,
        ended_at: null,
        reason: null,
        attempt: 0,
        overdue: false,
        step_started_at: sql<Date>`now()`,
        deadline_at: sql<Date>`now() + make_interval(secs => ${seconds})`,
        data: sql`data || '{"retried": true}'::jsonb`,
      })
      .where('id', '=', id)
      .execute();
    await enterAgain(tx, id, operation.step);
    await wakeOperation(tx.db, id);
    await audit(tx, 'platform.operation.retry', id, { kind: operation.kind });
    await logLine(tx.db, id, operation.step, platformText.retryWished, 'info');
    return getOperation(tx, id);
  });
}

async function enterAgain(tx: Context, id: string, step: string): Promise<void> {
  await tx.db
    .insertInto('platform.operation_step')
    .values({ operation_id: id, name: step, state: 'running' })
    .execute();
}

/** Refuses somebody who may cancel and retry, but not this kind of work. */
function requireKind(ctx: Context, kind: string): void {
  const needed = findDefinition(kind)?.permission;
  if (needed !== undefined) requirePermission(ctx, needed);
}

async function lockOperation(tx: Context, id: string): Promise<void> {
  await tx.db
    .selectFrom('platform.operation')
    .select('id')
    .where('org_id', '=', tx.actor.orgId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}
