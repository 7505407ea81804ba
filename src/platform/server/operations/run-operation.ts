import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { platformText } from '../../contract/platform.text.ts';
import type { Text } from '../../contract/i18n.ts';
import { inTransaction, noOrg, systemContext } from '../context.ts';
import type { Db, DB } from '../db.ts';
import { AppError } from '../errors.ts';
import { stateFact } from '../events.ts';
import type { Log } from '../log.ts';
import type { OperationDefinition, StepContext, StepResult } from './define-operation.ts';
import { scheduleOperation } from './start-operation.ts';

/** Unexpected errors in a row after which a step gives up and asks a person. */
const attemptsAtMost = 5;

type Row = NonNullable<Awaited<ReturnType<typeof load>>>;

const load = (db: Db, id: string) =>
  db.selectFrom('platform.operation').selectAll().where('id', '=', id).executeTakeFirst();

/** What a step answered, or what its error comes to. */
type Outcome = StepResult & { afterError?: true };

/**
 * Runs an operation until it waits or ends. May be called at any moment and any number of times:
 * a step that was cut off runs again, and an operation that has ended stays as it is.
 * Errors of the class `passOn` stand for the end of this process and leave everything as it is.
 */
export async function runOperation(
  db: Kysely<DB>,
  definitions: ReadonlyMap<string, OperationDefinition>,
  id: string,
  log: Log,
  passOn?: new () => Error,
): Promise<void> {
  for (;;) {
    const row = await load(db, id);
    if (!row || (row.state !== 'running' && row.state !== 'cancelling')) return;
    const definition = definitions.get(row.kind);
    const step = definition?.steps[row.step];
    // A worker of an older or newer release may not know it; another will.
    if (!definition || !step) return scheduleOperation(db, id, 30, 'preserve_run_at');
    await noticeDeadline(db, row);
    let result: Outcome;
    try {
      result = turnToCancel(row, definition) ?? (await step.run(contextOf(db, row, log)));
    } catch (error) {
      if (passOn && error instanceof passOn) throw error;
      result = await afterError(db, row, step.title, error, log);
    }
    const recorded = await record(db, row, definition, result);
    if (recorded && recorded.then !== 'go') return;
  }
}

/** A wish to cancel leads to the cancel step once, unless the present step must not be left. */
function turnToCancel(
  row: Pick<Row, 'state' | 'step' | 'data'>,
  definition: OperationDefinition,
): StepResult | undefined {
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
export async function logLine(
  db: Db,
  operationId: string,
  step: string,
  text: Text,
  level: 'info' | 'warning' | 'error',
) {
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

async function afterError(db: Db, row: Row, title: Text, error: unknown, log: Log): Promise<Outcome> {
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
  return { then: 'wait', seconds: 2 ** attempt, afterError: true };
}

/** Raises the alert about a passed deadline, once. */
export async function noticeDeadline(
  db: Kysely<DB>,
  row: Pick<Row, 'id' | 'org_id' | 'kind' | 'step' | 'overdue' | 'deadline_at'>,
) {
  if (row.overdue || row.deadline_at === null || row.deadline_at > new Date()) return;
  await inTransaction(systemContext(db, row.org_id ?? noOrg), async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('platform.operation')
      .set({ overdue: true })
      .where('id', '=', row.id)
      .where('overdue', '=', false)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return;
    await stateFact(tx, 'platform.operation-overdue', row.id, { kind: row.kind, step: row.step });
    await logLine(tx.db, row.id, row.step, platformText.overdue, 'warning');
  });
}

/** Writes where the operation stands now, and returns where that is. Undefined when somebody else moved it meanwhile: then look again. */
async function record(
  db: Kysely<DB>,
  row: Row,
  definition: OperationDefinition,
  answer: Outcome,
): Promise<Outcome | undefined> {
  return db.transaction().execute(async (tx) => {
    const now = await tx
      .selectFrom('platform.operation')
      .select(['state', 'step', 'data'])
      .where('id', '=', row.id)
      .forUpdate()
      .executeTakeFirst();
    if (!now || now.step !== row.step || (now.state !== 'running' && now.state !== 'cancelling'))
      return undefined;
    // A wish to cancel that came while the step ran wins over all but the end; a step that failed need not fail either.
    const result = (answer.then !== 'done' && turnToCancel(now, definition)) || answer;
    const closeStep = (state: 'done' | 'failed' | 'waiting' | 'skipped') =>
      tx
        .updateTable('platform.operation_step')
        .set({ state, ended_at: state === 'waiting' ? null : sql<Date>`clock_timestamp()` })
        .where('operation_id', '=', row.id)
        .where('ended_at', 'is', null)
        .execute();
    const update = tx.updateTable('platform.operation').where('id', '=', row.id);
    if (result.then === 'go') {
      await closeStep(
        answer.then === 'fail' ? 'failed' : answer.then === 'go' && !answer.turned ? 'done' : 'skipped',
      );
      const turned = result.turned ? { data: sql`data || '{"cancelTurned": true}'::jsonb` } : {};
      await update
        .set({
          step: result.step,
          attempt: 0,
          reason: null,
          step_started_at: sql<Date>`clock_timestamp()`,
          ...turned,
        })
        .execute();
      await tx
        .insertInto('platform.operation_step')
        .values({
          operation_id: row.id,
          name: result.step,
          state: 'running',
          started_at: sql<Date>`clock_timestamp()`,
        })
        .execute();
    } else if (result.then === 'wait') {
      await closeStep('waiting');
      const again = answer.afterError ? {} : { attempt: 0 };
      await update.set({ reason: result.reason ? JSON.stringify(result.reason) : null, ...again }).execute();
      await scheduleOperation(tx, row.id, result.seconds, 'preserve_run_at');
    } else if (result.then === 'fail') {
      await closeStep('failed');
      await update
        .set({
          state: 'failed',
          reason: JSON.stringify(result.reason),
          ended_at: sql<Date>`clock_timestamp()`,
        })
        .execute();
    } else {
      await closeStep('done');
      const state =
        now.state === 'cancelling' && (row.data as Record<string, unknown>)['cancelTurned'] === true
          ? 'cancelled'
          : 'succeeded';
      await update.set({ state, reason: null, ended_at: sql<Date>`clock_timestamp()` }).execute();
    }
    if (answer.then === 'fail') await logLine(tx, row.id, row.step, answer.reason, 'error');
    await notify(tx, row.id);
    return result;
  });
}
