import { restoreText } from '#src/fleet/contract/restores.text.ts';
import type { TaskKind, TaskOutput } from '#src/fleet/contract/tasks.ts';
import { backupFiles, stanzaFile } from '#src/fleet/server/backups/files.rules.ts';
import { getPlanBuild } from '#src/fleet/server/backups/queries.ts';
import { ensureTask, notYet } from '#src/fleet/server/tasks/ensure-task.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import type { RestoreWork } from './queries.ts';
import { readTime, scratchPort, tablespacesOf, targetTime } from './rules.ts';

/** What the host's part of a restore is told; a drill says the same of itself. */
export type Bringing = Pick<
  RestoreWork,
  | 'plan_id'
  | 'cluster_id'
  | 'host_id'
  | 'directory'
  | 'stanza'
  | 'position'
  | 'label'
  | 'timeline'
  | 'processMax'
  | 'pgVersion'
> & {
  needsBytes: number;
  target: Date | 'newest' | null;
  isCopy: boolean;
  gentle: boolean;
};

/** Seconds that no restore of ours lasts; a person is asked long before. */
const longestSeconds = 7 * 86_400;

/** A restore as its host is told. */
export const bringingOf = (work: RestoreWork): Bringing => ({
  ...work,
  needsBytes: Number(work.needs_bytes),
  target: work.target_at ?? (work.newest ? 'newest' : null),
  isCopy: work.kind !== 'in-place',
  // Somebody waits for it.
  gentle: false,
});

/** A host without a member of the cluster learns where the repositories are. Undefined when it knows. */
export async function tellRepositories(op: StepContext, bringing: Bringing): Promise<StepResult | undefined> {
  if (!(await isForeign(op, bringing))) return undefined;
  const plan = await getPlanBuild(op.db, bringing.plan_id);
  const packages = await ensureTask(op, {
    hostId: bringing.host_id,
    kind: 'install-packages',
    key: 'restore packages',
    input: { packages: [`postgresql-${bringing.pgVersion}`, 'pgbackrest'] },
  });
  const waits = notYet(packages);
  if (waits) return waits;
  const version = packages.output?.versions['pgbackrest'] ?? '';
  const placed = await ensureTask(op, {
    hostId: bringing.host_id,
    kind: 'place-backup-files',
    key: 'restore files',
    input: { files: backupFiles({ ...plan.spec, dataDirectory: bringing.directory }, version) },
  });
  return notYet(placed);
}

/** Takes away what only the restore needed on a foreign host. Undefined when it is gone. */
export async function forgetRepositories(
  op: StepContext,
  bringing: Bringing,
): Promise<StepResult | undefined> {
  if (!(await isForeign(op, bringing))) return undefined;
  const { spec } = await getPlanBuild(op.db, bringing.plan_id);
  const removed = await ensureTask(op, {
    hostId: bringing.host_id,
    kind: 'place-backup-files',
    key: 'restore files gone',
    input: {
      files: [],
      remove: backupFiles(spec, '')
        .map((file) => file.path)
        .concat(stanzaFile(spec.stanza)),
    },
  });
  return notYet(removed);
}

async function isForeign(op: StepContext, { cluster_id, host_id }: Bringing): Promise<boolean> {
  const member = await op.db
    .selectFrom('fleet.member')
    .select('id')
    .where('cluster_id', '=', cluster_id)
    .where('host_id', '=', host_id)
    .where('kind', '=', 'server')
    .where('phase', 'in', ['ready', 'planned'])
    .executeTakeFirst();
  return member === undefined;
}

type Answer<K extends TaskKind> =
  | { output: TaskOutput<K>; not: undefined }
  | { output: undefined; not: StepResult };

/** Copies the backup; answers how that ended once it has. */
export async function copyData(op: StepContext, bringing: Bringing): Promise<Answer<'restore-data'>> {
  const { target } = bringing;
  const task = await ensureTask(op, {
    hostId: bringing.host_id,
    kind: 'restore-data',
    key: 'restore data',
    input: {
      stanza: bringing.stanza,
      directory: bringing.directory,
      repository: bringing.position,
      label: bringing.label,
      target: target instanceof Date ? targetTime(target) : target,
      timeline: bringing.timeline,
      processMax: bringing.processMax,
      isCopy: bringing.isCopy,
      needsBytes: bringing.needsBytes,
      gentle: bringing.gentle,
      timeoutSeconds: longestSeconds,
    },
  });
  const not = notYet(task);
  return not || !task.output ? { output: undefined, not: not! } : { output: task.output, not: undefined };
}

/** Replays WAL and leaves the server running, for its host only; answers how that ended once it has. */
export async function replayData(
  op: StepContext,
  bringing: Bringing,
  options: { archive: boolean; lifetimeSeconds?: number },
): Promise<Answer<'recover-data'>> {
  const task = await ensureTask(op, {
    hostId: bringing.host_id,
    kind: 'recover-data',
    key: 'recover data',
    input: {
      pgVersion: bringing.pgVersion,
      directory: bringing.directory,
      port: scratchPort,
      archive: options.archive,
      lifetimeSeconds: options.lifetimeSeconds ?? longestSeconds,
      gentle: bringing.gentle,
      timeoutSeconds: longestSeconds,
    },
  });
  const not = notYet(task);
  return not || !task.output ? { output: undefined, not: not! } : { output: task.output, not: undefined };
}

/** Stops such a server; with `handOver` its data is left to Patroni. Undefined when it has stopped. */
export async function stopRecovered(
  op: StepContext,
  { host_id, directory, pgVersion }: Pick<Bringing, 'host_id' | 'directory' | 'pgVersion'>,
  handOver: boolean,
): Promise<StepResult | undefined> {
  const task = await ensureTask(op, {
    hostId: host_id,
    kind: 'stop-recovered',
    key: handOver ? 'hand over' : 'stop recovered',
    input: { pgVersion, directory, handOver },
  });
  return notYet(task);
}

/** Removes a copy with all that lies beside it. Undefined when it is gone. */
export async function removeCopy(
  op: StepContext,
  { host_id, directory }: Pick<Bringing, 'host_id' | 'directory'>,
): Promise<StepResult | undefined> {
  for (const path of [directory, tablespacesOf(directory)]) {
    const task = await ensureTask(op, {
      hostId: host_id,
      kind: 'remove-data',
      key: `remove ${path}`,
      input: { directory: path },
    });
    const not = notYet(task);
    if (not) return not;
  }
  return undefined;
}

/** Ends the step with what was refused; a retry asks the host anew. */
export async function refuse(op: StepContext, words: Text): Promise<StepResult> {
  await op.db
    .updateTable('fleet.task')
    .set({ state: 'cancelled' })
    .where('operation_id', '=', op.operationId)
    .where('kind', 'in', ['restore-data', 'recover-data', 'take-from-scratch'])
    .execute();
  return fail(words);
}

/** The step that copies: goes on to `next` once the data lies there. */
export async function bringData(op: StepContext, work: RestoreWork): Promise<StepResult | undefined> {
  const answer = await copyData(op, bringingOf(work));
  if (answer.not) return answer.not;
  const { output } = answer;
  if (output.ended === 'refused') return refuse(op, restoreText.restoreRefused(output.words));
  await op.db
    .updateTable('fleet.restore')
    .set({ restore_seconds: output.seconds, bytes: output.bytes })
    .where('id', '=', work.id)
    .execute();
  await op.say(restoreText.copied(output.bytes, output.seconds));
  return undefined;
}

/** The step that replays: undefined once the server has recovered and runs. */
export async function recoverStep(
  op: StepContext,
  work: RestoreWork,
  options: Parameters<typeof replayData>[2],
): Promise<StepResult | undefined> {
  const answer = await replayData(op, bringingOf(work), options);
  if (answer.not) return answer.not;
  const { output } = answer;
  if (output.ended === 'refused') return refuse(op, restoreText.recoveryRefused(output.words));
  await op.db
    .updateTable('fleet.restore')
    .set({
      replay_seconds: output.seconds,
      reached_at: readTime(output.lastCommitAt),
      reached_timeline: output.timeline,
    })
    .where('id', '=', work.id)
    .execute();
  await op.say(restoreText.recovered(output.lastCommitAt, output.seconds));
  return undefined;
}
