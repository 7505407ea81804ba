import { drillText } from '#src/fleet/contract/drills.text.ts';
import type { DrillResults } from '#src/fleet/contract/drills.ts';
import type { TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';
import { servers, type BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { scratchPort } from '#src/fleet/server/restores/rules.ts';
import { ensureTask, notYet } from '#src/fleet/server/tasks/ensure-task.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { StepContext, StepResult } from '#src/platform/server/operations/define-operation.ts';
import {
  countScript,
  databasesAtMost,
  databasesScript,
  knownDatabasesScript,
  knownRowsScript,
} from './known-rows.rules.ts';
import type { DrillWork } from './queries.ts';
import { marksScript } from './verdict.rules.ts';

/** The primary is asked for nothing that takes it long; a drill goes on without its answer. */
const sourceSeconds = 60;
const sourcePatienceMs = 10 * 60_000;
const countSeconds = 3600;
const marksBefore = 200;
const marksAfter = 20;

/** Adds to what a drill has found. */
export async function learn(op: StepContext, patch: DrillResults): Promise<void> {
  const results = { ...(op.data['results'] as DrillResults | undefined), ...patch };
  await op.remember({ results });
}

/** One task on the host of the drill: its answer, or what the step answers meanwhile. */
export async function askDrillHost<K extends TaskKind>(
  op: StepContext,
  work: DrillWork,
  kind: K,
  key: string,
  input: TaskInput<K>,
) {
  const task = await ensureTask(op, { hostId: work.host_id, kind, key, input });
  const not = notYet(task);
  return not || !task.output ? { not: not!, output: undefined } : { not: undefined, output: task.output };
}

const sqlOn = (op: StepContext, work: DrillWork, key: string, input: Partial<TaskInput<'run-sql'>>) =>
  askDrillHost(op, work, 'run-sql', key, {
    pgVersion: work.pgVersion,
    port: scratchPort,
    socketDirectory: work.directory,
    database: 'postgres',
    script: '',
    timeoutSeconds: 60,
    ...input,
  });

/** The transactions of these that are in the copy, or what the step answers meanwhile. */
async function askFates(op: StepContext, work: DrillWork, key: string, xids: readonly string[]) {
  const answer = await sqlOn(op, work, key, { script: marksScript, variables: { xids: xids.join(',') } });
  if (answer.not) return { not: answer.not, isThere: undefined };
  const fate = new Map(answer.output.rows.map((row) => [row['xid'], row['status']]));
  const isThere = (xid: string) => ['committed', 'old'].includes(fate.get(xid) ?? '');
  return { not: undefined, isThere };
}

/** Commits seen on the primary up to the moment of the drill, the newest first, and after it. */
async function listMarks(op: StepContext, work: DrillWork) {
  const moment = work.target_at ?? work.backupEndedAt;
  if (moment === null) return { before: [], after: [] };
  const marks = op.db
    .selectFrom('fleet.recovery_mark')
    .select('xid')
    .where('cluster_id', '=', work.cluster_id);
  // What a restore in place left behind is on a timeline of its own, and proves nothing here.
  const left = await op.db
    .selectFrom('fleet.restore')
    .select((eb) => eb.fn.max('ended_at').as('at'))
    .where('cluster_id', '=', work.cluster_id)
    .where('kind', '=', 'in-place')
    .where('created_at', '<=', moment)
    .executeTakeFirst();
  const before = await marks
    .where('at', '<=', moment)
    .$if(left?.at != null, (qb) => qb.where('began_at', '>', left!.at!))
    .orderBy('at', 'desc')
    .limit(marksBefore)
    .execute();
  const after =
    work.timeline === null
      ? await marks.where('began_at', '>', moment).orderBy('at').limit(marksAfter).execute()
      : [];
  return { before: before.map((mark) => mark.xid), after: after.map((mark) => mark.xid) };
}

/** Holds a recovered copy against what is known of its original; answers what the step answers until all is written down. */
export async function compareCopy(op: StepContext, work: DrillWork): Promise<StepResult | undefined> {
  return (await compareMarks(op, work)) ?? (await countRows(op, work));
}

/** Commits that were seen on the primary: those up to the moment are there, those after it are not. */
async function compareMarks(op: StepContext, work: DrillWork): Promise<StepResult | undefined> {
  if (work.target_at === null) return undefined;
  const { before, after } = await listMarks(op, work);
  const { not, isThere } = await askFates(op, work, 'marks', [...before, ...after]);
  if (not) return not;
  await learn(op, {
    marks: {
      before: before.length,
      missing: before.filter((xid) => !isThere(xid)).length,
      after: after.length,
      tooNew: after.filter(isThere).length,
    },
  });
  return undefined;
}

type Source = { primary: BuildMember; pgVersion: number; port: number; until: string };

/** The primary, when what it says can be compared with the copy; otherwise why not, or what the step answers meanwhile. */
async function findSource(
  op: StepContext,
  work: DrillWork,
): Promise<{ not: StepResult } | { not: undefined; source: Source } | { not: undefined; why: Text }> {
  const why = (text: Text) => ({ not: undefined, why: text });
  const restored = await op.db
    .selectFrom('fleet.restore')
    .select('id')
    .where('cluster_id', '=', work.cluster_id)
    .where('kind', '=', 'in-place')
    .where('created_at', '>=', work.created_at)
    .executeTakeFirst();
  if (work.timeline !== null || restored) return why(drillText.otherHistory);
  const until = (await listMarks(op, work)).before[0];
  if (until === undefined) return why(drillText.noKnownCommit);
  const build = await getClusterBuild(op.db, work.cluster_id);
  const seen = await lookAtCluster(op, build, 'source');
  if (seen.not) {
    const isLate = Date.now() - op.stepStartedAt.getTime() > sourcePatienceMs;
    return seen.not.then === 'wait' && !isLate ? { not: seen.not } : why(drillText.noPrimary);
  }
  const primary = servers(build).find((member) => member.name === seen.leader);
  if (!primary) return why(drillText.noPrimary);
  const { pgVersion, ports } = build.spec;
  return { not: undefined, source: { primary, pgVersion, port: ports.postgres, until } };
}

/** What the primary says; a host that fails or falls silent keeps no drill from its end. */
async function askSource(
  op: StepContext,
  source: Source,
  key: string,
  database: string,
  script: string,
): Promise<
  | { not: StepResult }
  | { not: undefined; rows: Record<string, string | null>[] }
  | { not: undefined; why: Text }
> {
  const task = await ensureTask(op, {
    hostId: source.primary.hostId,
    kind: 'run-sql',
    key,
    input: {
      pgVersion: source.pgVersion,
      port: source.port,
      database,
      script,
      variables: { until: source.until },
      timeoutSeconds: sourceSeconds,
    },
  });
  if (task.state === 'succeeded') return { not: undefined, rows: task.output.rows };
  if (task.state === 'failed') return { not: undefined, why: task.error };
  return task.host.connected ? { not: notYet(task)! } : { not: undefined, why: drillText.noPrimary };
}

/**
 * Counts the rows of every table of every database, and sees that what the primary still has from before the moment is there.
 * What was left out of it, and why, is part of what was found.
 */
async function countRows(op: StepContext, work: DrillWork): Promise<StepResult | undefined> {
  const listed = await sqlOn(op, work, 'databases', { script: databasesScript });
  if (listed.not) return listed.not;
  const found = await findSource(op, work);
  if (found.not) return found.not;
  let uncompared: Text | undefined = 'why' in found ? found.why : undefined;
  const source = 'source' in found ? found.source : undefined;
  /** Names on the primary, which may differ by now. */
  const known = new Map<string, { name: string; xid: string }>();
  if (source) {
    const said = await askSource(op, source, 'known databases', 'postgres', knownDatabasesScript);
    if (said.not) return said.not;
    if ('why' in said) uncompared = said.why;
    else
      for (const { oid, name, xid } of said.rows)
        known.set(String(oid), { name: String(name), xid: String(xid) });
  }
  const here = new Set(listed.output.rows.map((row) => row['oid']));
  const away = [...known].filter(([oid]) => !here.has(oid)).map(([, one]) => one);
  if (away.length > 0) {
    const { not, isThere } = await askFates(
      op,
      work,
      'gone',
      away.map((one) => one.xid),
    );
    if (not) return not;
    await learn(op, { gone: away.filter((one) => isThere(one.xid)).map((one) => one.name) });
  }
  const isOpen = (row: { open?: string | null }) => row.open === 'true';
  const counting = listed.output.rows.filter(isOpen).slice(0, databasesAtMost);
  const databases: NonNullable<DrillResults['databases']> = [];
  for (const { oid, name } of counting) {
    const there = known.get(String(oid));
    let tables: string | null | undefined;
    if (source && there) {
      const said = await askSource(op, source, `known ${oid}`, there.name, knownRowsScript);
      if (said.not) return said.not;
      if ('why' in said) uncompared = said.why;
      else tables = said.rows[0]?.['tables'] ?? '[]';
    }
    const counted = await sqlOn(op, work, `count ${oid}`, {
      database: String(name),
      script: countScript,
      variables: { known: tables ?? '[]' },
      timeoutSeconds: countSeconds,
    });
    if (counted.not) return counted.not;
    const row = counted.output.rows[0];
    const figure = (column: string) => Number(row?.[column] ?? 0);
    databases.push({
      name: String(name),
      tables: figure('tables'),
      rows: figure('rows'),
      bytes: figure('bytes'),
      ...(tables === undefined
        ? {}
        : {
            known: {
              tables: figure('known_tables'),
              rows: figure('known_rows'),
              missing: JSON.parse(row?.['missing'] ?? '[]') as string[],
            },
          }),
    });
  }
  const uncounted = listed.output.rows
    .filter((row) => !counting.includes(row))
    .map((row) => String(row['name']));
  await learn(op, { databases, uncounted, ...(uncompared && { uncompared }) });
  return undefined;
}
