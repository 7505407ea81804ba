import { sql } from 'kysely';
import type { OperationLogLine, OperationStep, Operation } from '../../contract/operations.ts';
import { platformText } from '../../contract/platform.text.ts';
import type { Text } from '../../contract/i18n.ts';
import type { Page, PageQuery } from '../../contract/pages.ts';
import type { Actor, Context } from '../context.ts';
import type { Db } from '../db.ts';
import { AppError } from '../errors.ts';
import { readTimeCursor, writeCursor } from '../pages.ts';
import type { OperationDefinition } from './define-operation.ts';

const definitions = new Map<string, OperationDefinition>();

/** Makes the titles and steps of operations known to those who read them; called once by each program. */
export function knowOperations(list: readonly OperationDefinition[]): void {
  for (const definition of list) definitions.set(definition.kind, definition);
}

/** The definition of a kind of operation, if this program knows it. */
export function findDefinition(kind: string): OperationDefinition | undefined {
  return definitions.get(kind);
}

const rowsOf = (db: Db) => db.selectFrom('platform.operation').selectAll();
type Row = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];
type StepRow = { operation_id: string; name: string; state: string; started_at: Date; ended_at: Date | null };

async function present({ db, actor }: Context, rows: Row[]): Promise<Operation[]> {
  if (rows.length === 0) return [];
  const taken = await db
    .selectFrom('platform.operation_step')
    .select(['operation_id', 'name', 'state', 'started_at', 'ended_at'])
    .where(
      'operation_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('operation_id')
    .orderBy('position')
    .execute();
  return rows.map((row) =>
    toOperation(
      row,
      taken.filter((step) => step.operation_id === row.id),
      actor,
    ),
  );
}

function toOperation(row: Row, taken: StepRow[], actor: Actor): Operation {
  const definition = definitions.get(row.kind);
  const mayCancel = ['platform.operation.cancel', definition?.permission].every(
    (one) => one === undefined || actor.may(one),
  );
  const live = row.state === 'running' || row.state === 'cancelling';
  const title = { en: row.kind, 'zh-CN': row.kind };
  return {
    id: row.id,
    kind: row.kind,
    title: definition?.title ?? title,
    subjectId: row.subject_id,
    state: row.state,
    step: row.step,
    steps: stepsOf(definition, taken, live),
    reason: row.reason as Text | null,
    canCancel:
      mayCancel &&
      definition?.cancelStep !== undefined &&
      (row.state === 'running' || row.state === 'failed') &&
      !definition.keepsGoingAt?.includes(row.step),
    startedBy: row.started_by,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    deadlineAt: row.deadline_at?.toISOString() ?? null,
  };
}

/** The planned steps in order, each with what became of it; steps of the way out appear only when taken. */
function stepsOf(
  definition: OperationDefinition | undefined,
  taken: StepRow[],
  live: boolean,
): OperationStep[] {
  const planned = Object.entries(definition?.steps ?? {});
  const names = [
    ...planned
      .filter(([name, step]) => !step.hidden || taken.some((t) => t.name === name))
      .map(([name]) => name),
    ...taken.map((t) => t.name).filter((name) => !definition || !(name in definition.steps)),
  ];
  const lastTaken = Math.max(-1, ...taken.map((t) => names.indexOf(t.name)));
  return [...new Set(names)].map((name, index) => {
    const runs = taken.filter((t) => t.name === name);
    const last = runs.at(-1);
    const title = definition?.steps[name]?.title ?? { en: name, 'zh-CN': name };
    const state = last
      ? (last.state as OperationStep['state'])
      : index < lastTaken || !live
        ? 'skipped'
        : 'todo';
    return {
      name,
      title,
      state,
      startedAt: runs[0]?.started_at.toISOString() ?? null,
      endedAt: last?.ended_at?.toISOString() ?? null,
    };
  });
}

/** Whether an operation works on a subject, or is being cancelled; the caller holds a lock when nothing may begin meanwhile. */
export async function isWorkedOn(db: Db, subjectId: string): Promise<boolean> {
  const row = await db
    .selectFrom('platform.operation')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('state', 'in', ['running', 'cancelling'])
    .executeTakeFirst();
  return row !== undefined;
}

/** Operations of the actor's organisation, newest first; of one subject when `subjectId` is given. */
export async function listOperations(
  ctx: Context,
  query: PageQuery & { subjectId?: string },
): Promise<Page<Operation>> {
  const after = readTimeCursor(query.cursor);
  const rows = await rowsOf(ctx.db)
    .where('org_id', '=', ctx.actor.orgId)
    .$if(query.subjectId !== undefined, (qb) => qb.where('subject_id', '=', query.subjectId ?? null))
    .$if(after !== undefined, (qb) =>
      qb.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  const nextCursor =
    rows.length > query.limit && last
      ? writeCursor([
          // Milliseconds would skip rows made within one; the exact time goes into the marker.
          (
            await sql<{
              at: string;
            }>`select created_at::text as at from platform.operation where id = ${last.id}`.execute(ctx.db)
          ).rows[0]?.at ?? '',
          last.id,
        ])
      : null;
  return { items: await present(ctx, kept), nextCursor };
}

/** One operation of the actor's organisation; another's is not found. */
export async function getOperation(ctx: Context, id: string): Promise<Operation> {
  const row = await rowsOf(ctx.db)
    .where('org_id', '=', ctx.actor.orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  const [operation] = row ? await present(ctx, [row]) : [];
  if (!operation) throw new AppError('not_found', platformText.noSuchOperation);
  return operation;
}

/** Lines of an operation's log after the given one, oldest first, at most 1,000; another organisation's operation is not found. */
export async function listOperationLog(
  ctx: Context,
  id: string,
  afterId: number,
): Promise<OperationLogLine[]> {
  const rows = await ctx.db
    .selectFrom('platform.operation_log as l')
    .innerJoin('platform.operation as o', 'o.id', 'l.operation_id')
    .select(['l.id', 'l.at', 'l.step', 'l.level', 'l.text'])
    .where('o.org_id', '=', ctx.actor.orgId)
    .where('l.operation_id', '=', id)
    .where('l.id', '>', afterId)
    .orderBy('l.id')
    .limit(1000)
    .execute();
  if (rows.length === 0) await getOperation(ctx, id);
  return rows.map((row) => ({ ...row, at: row.at.toISOString(), text: row.text as Text }));
}
