import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { platformText } from '../../contract/platform.text.ts';
import type { Text } from '../../contract/i18n.ts';
import type { Db, DB } from '../db.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { OperationDefinition, StepContext, StepResult } from './define-operation.ts';
import { scheduleOperation } from './start-operation.ts';

/** Unexpected errors in a row after which a step gives up and asks a person. */
const attemptsAtMost = 5;

type Row = NonNullable<Awaited<ReturnType<typeof load>>>;

const load = (db: Db, id: string) =>
  db.selectFrom('platform.operation').selectAll().where('id', '=', id).executeTakeFirst();

/**
 * Runs an operation until it waits or ends. May be called at any moment and any number of times:
 * a step that was cut off runs again, and an operation that has ended stays as it is.
 */
export async function runOperation(
  db: Kysely<DB>,
  definitions: ReadonlyMap<string, OperationDefinition>,
  id: string,
  log: Log,
): Promise<void> {
  for (;;) {
    const row = await load(db, id);
    if (!row || (row.state !== 'running' && row.state !== 'cancelling')) return;
    const definition = definitions.get(row.kind);
    const step = definition?.steps[row.step];
    // A worker of an older or newer release may not know it; another will.
    if (!definition || !step) return scheduleOperation(db, id, 30, 'preserve_run_at');
    await noticeDeadline(db, row);
    let result: StepResult;
    try {
      result = turnToCancel(row, definition) ?? (await step.run(contextOf(db, row, log)));
    } catch (error) {
      result = await afterError(db, row, step.title, error, log);
    }
    if (!(await record(db, row, result))) continue;
    if (result.then !== 'go') return;
  }
}

/** A wish to cancel leads to the cancel step once, unless the present step must not be left. */
function turnToCancel(row: Row, definition: OperationDefinition): StepResult | undefined {
  if (row.state !== 'cancelling' || definition.cancelStep === undefined) return undefined;
  const turned = (row.data as Record<string, unknown>)['cancelTurned'] === true;
  if (turned || definition.keepsGoingAt?.includes(row.step)) return undefined;
  return { then: 'go', step: definition.cancelStep, turned: true };
}

function contextOf(db: Kysely<DB>, row: Row, log: Log): StepContext {
  const data = row.data as Record<string, unknown>;
  return {
    db,
    log,
    operationId: row.id,
    orgId: row.org_id ?? '',
    subjectId: row.subject_id ?? '',
    input: row.input as Record<string, unknown>,
    data,
    stepStartedAt: row.step_started_at,
    cancelWished: row.state === 'cancelling',
    async remember(patch) {
      Object.assign(data, patch);
      await db
        .updateTable('platform.operation')
        .set({ data: sql`data || ${JSON.stringify(patch)}::jsonb` })
        .where('id', '=', row.id)
        .execute();
    },
    say: (text, level = 'info') => logLine(db, row.id, row.step, text, level),
  };
}

/** Adds one line to an operation's log, and tells those who watch. */
export async function logLine(db: Db, operationId: string, step: string, text: Text, level: 'info' | 'warning' | 'error') {
  await db
    .insertInto('platform.operation_log')
    .values({ operation_id: operationId, step, level, text: JSON.stringify(text) })
    .execute();
  await notify(db, operationId);
}

/** Tells every server process that an operation changed. */
export async function notify(db: Db, operationId: string): Promise<void> {
  await sql`select pg_notify('elepherd_operation', ${operationId})`.execute(db);
}

async function afterError(db: Db, row: Row, title: Text, error: unknown, log: Log): Promise<StepResult> {
  if (error instanceof AppError) return { then: 'fail', reason: error.text };
  const message = error instanceof Error ? error.message : String(error);
  log.error({ operation: row.id, kind: row.kind, step: row.step, err: error }, 'a step ended in an error');
  const attempt = row.attempt + 1;
  await db.updateTable('platform.operation').set({ attempt }).where('id', '=', row.id).execute();
  const say = (text: (step: string, error: string) => Text): Text => ({
    en: text(title.en, message).en,
    'zh-CN': text(title['zh-CN'], message)['zh-CN'],
  });
  await logLine(db, row.id, row.step, say(platformText.stepBroke), 'warning');
  if (attempt >= attemptsAtMost) return { then: 'fail', reason: say(platformText.stepGivesUp) };
  return { then: 'wait', seconds: 2 ** attempt };
}

async function noticeDeadline(db: Kysely<DB>, row: Row): Promise<void> {
  if (row.overdue || row.deadline_at === null || row.deadline_at > new Date()) return;
  await db.updateTable('platform.operation').set({ overdue: true }).where('id', '=', row.id).execute();
  await sql`insert into platform.event (fact, subject_id, payload)
    values ('platform.operation-overdue', ${row.id}, ${JSON.stringify({ kind: row.kind, step: row.step })})`.execute(db);
  await logLine(db, row.id, row.step, platformText.overdue, 'warning');
}

/** Writes where the operation stands now. False when somebody else moved it meanwhile: then look again. */
async function record(db: Kysely<DB>, row: Row, result: StepResult): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const now = await tx
      .selectFrom('platform.operation')
      .select(['state', 'step'])
      .where('id', '=', row.id)
      .forUpdate()
      .executeTakeFirst();
    if (!now || now.step !== row.step || (now.state !== 'running' && now.state !== 'cancelling')) return false;
    const closeStep = (state: 'done' | 'failed' | 'waiting') =>
      tx
        .updateTable('platform.operation_step')
        .set({ state, ended_at: state === 'waiting' ? null : sql<Date>`clock_timestamp()` })
        .where('operation_id', '=', row.id)
        .where('ended_at', 'is', null)
        .execute();
    const update = tx.updateTable('platform.operation').where('id', '=', row.id);
    if (result.then === 'go') {
      await closeStep('done');
      const turned = result.turned ? { data: sql`data || '{"cancelTurned": true}'::jsonb` } : {};
      await update
        .set({ step: result.step, attempt: 0, reason: null, step_started_at: sql<Date>`clock_timestamp()`, ...turned })
        .execute();
      await tx
        .insertInto('platform.operation_step')
        .values({ operation_id: row.id, name: result.step, state: 'running', started_at: sql<Date>`clock_timestamp()` })
        .execute();
    } else if (result.then === 'wait') {
      await closeStep('waiting');
      await update.set({ reason: result.reason ? JSON.stringify(result.reason) : null }).execute();
      await scheduleOperation(tx, row.id, result.seconds, 'preserve_run_at');
    } else if (result.then === 'fail') {
      await closeStep('failed');
      await update
        .set({ state: 'failed', reason: JSON.stringify(result.reason), ended_at: sql<Date>`clock_timestamp()` })
        .execute();
      await tx
        .insertInto('platform.operation_log')
        .values({ operation_id: row.id, step: row.step, level: 'error', text: JSON.stringify(result.reason) })
        .execute();
    } else {
      await closeStep('done');
      const state = now.state === 'cancelling' && (row.data as Record<string, unknown>)['cancelTurned'] === true ? 'cancelled' : 'succeeded';
      await update.set({ state, reason: null, ended_at: sql<Date>`clock_timestamp()` }).execute();
    }
    await notify(tx, row.id);
    return true;
  });
}
