import { existsSync } from 'node:fs';
import { mkdir, readdir, chown, chmod, statfs, lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { beginJob, endJob, forgetJob, jobLog, lookAtJob } from '../jobs.ts';
import { findUser, lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { backRestUser, gently } from './back-rest.ts';
import { findWorker } from '../tasks/remove-data.ts';
import type { TaskContext, TaskHandler } from '../tasks/task-context.ts';

const pgbackrest = '/usr/bin/pgbackrest';
const sayEveryMs = 5000;

/** Copies a backup into an empty directory by the bare `pgbackrest restore`; what it refuses is an answer, not a failure of the host. */
export const restoreData: TaskHandler<'restore-data'> = async (input, context) => {
  const { id, home } = context;
  const { directory } = input;
  const { uid, gid, home: userHome } = backRestUser();
  const started = Date.now();
  const begun = await lookAtJob(home, id);
  if (begun.state === 'cut-off') {
    await forgetJob(home, id);
    await prepare(directory, input.needsBytes);
  }
  const argv = restoreArgv(input);
  const step = { argv, as: { uid, gid }, env: { HOME: userHome }, timeoutSeconds: input.timeoutSeconds };
  await beginJob(home, id, { steps: [step] }, [process.execPath, process.argv[1]!]);
  const seen = await watch(context, id);
  const said = await jobLog(home, id);
  await forgetJob(home, id);
  const seconds = (Date.now() - started) / 1000;
  if (seen.state === 'cut-off') throw new TaskFailure(restoreText.cutOff);
  if (seen.state === 'failed')
    return { ended: 'refused', code: seen.code ?? null, words: complaint(said), seconds, bytes: 0 };
  return { ended: 'done', code: 0, words: '', seconds, bytes: await bytesOf(directory) };
};

type Input = Parameters<TaskHandler<'restore-data'>>[0];

/** The argument list of one restore, which stands back when it only proves something. */
export function restoreArgv(input: Omit<Input, 'needsBytes' | 'timeoutSeconds'>): string[] {
  const { directory } = input;
  const to = (name: string, value: string | number) => `--${name}=${value}`;
  const archiveGet = [
    'pgbackrest',
    to('stanza', input.stanza),
    to('repo', input.repository),
    to('pg1-path', directory),
    // The queue of a server of this cluster on this host is not touched.
    '--no-archive-async',
    'archive-get %f "%p"',
  ].join(' ');
  const target =
    input.target === null
      ? ['--type=immediate', '--target-action=promote']
      : input.target === 'newest'
        ? ['--type=default']
        : ['--type=time', to('target', input.target), '--target-action=promote'];
  return gently(input.gentle, [
    pgbackrest,
    to('stanza', input.stanza),
    to('repo', input.repository),
    to('pg1-path', directory),
    to('set', input.label),
    to('process-max', input.processMax),
    ...target,
    ...(input.timeline === null ? [] : [to('target-timeline', input.timeline)]),
    // A copy must not lie where the original's tablespaces lie.
    ...(input.isCopy ? [to('tablespace-map-all', `${directory}-tablespaces`)] : []),
    to('recovery-option', `restore_command=${archiveGet}`),
    '--log-level-console=detail',
    '--log-level-stderr=off',
    '--log-level-file=off',
    '--no-log-timestamp',
    'restore',
  ]);
}

/** An empty directory of postgres, with the room it needs. What a restore that was cut off left in it goes. */
async function prepare(directory: string, needsBytes: number): Promise<void> {
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const there = await lstat(directory).catch(() => undefined);
  if (there && !there.isDirectory()) throw new TaskFailure(agentText.isLink(directory));
  if (there) {
    const worker = findWorker(directory);
    if (worker !== undefined) throw new TaskFailure(agentText.dataInUse(directory, worker));
    // pgBackRest writes pg_control last: with it, this is a whole server's data and nobody's to overwrite.
    if (existsSync(`${directory}/global/pg_control`)) throw new TaskFailure(restoreText.notEmpty(directory));
    if ((await readdir(directory)).length > 0) {
      const as = { as: { uid: user.uid, gid: user.gid } };
      const emptied = await run(['find', directory, '-xdev', '-mindepth', '1', '-delete'], {
        ...as,
        timeoutSeconds: 3000,
      });
      if (emptied.code !== 0) throw new TaskFailure(agentText.dataStays(directory, lastWords(emptied)));
    }
  } else {
    const parent = dirname(directory);
    if (!existsSync(parent)) {
      await mkdir(parent, { recursive: true, mode: 0o755 });
      await chown(parent, user.uid, user.gid);
    }
    await mkdir(directory, { mode: 0o700 });
  }
  await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o700);
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < needsBytes)
    throw new TaskFailure(restoreText.noRoom(directory, bavail * bsize, needsBytes));
}

/** Waits for a job, says how far it came, and ends it when nobody wishes it any more. */
async function watch({ home, signal, say }: TaskContext, id: string) {
  let saidAt = Date.now();
  let before = '';
  for (;;) {
    const seen = await lookAtJob(home, id);
    if (seen.state !== 'running') return seen;
    if (signal.aborted) {
      await endJob(home, id);
      await forgetJob(home, id);
      signal.throwIfAborted();
    }
    if (Date.now() - saidAt > sayEveryMs) {
      saidAt = Date.now();
      const percent = [...(await jobLog(home, id)).matchAll(/, (\d{1,3})(?:\.\d+)?%\)/g)].at(-1)?.[1];
      if (percent !== undefined && percent !== before) say(restoreText.restored((before = percent)));
    }
    await sleep(200);
  }
}

/** What pgBackRest complains of: its errors, without the files it had copied before. */
export function complaint(log: string): string {
  const lines = log.split('\n').map((line) => line.trim());
  const at = lines.findIndex((line) => /^(?:P\d\d\s+)?ERROR:/.test(line));
  const wrong = at < 0 ? lines.filter(Boolean).slice(-4) : lines.slice(at, at + 6);
  return wrong.join('\n').slice(0, 4000);
}

async function bytesOf(directory: string): Promise<number> {
  const { stdout } = await run(['du', '-s', '-B1', '--one-file-system', directory], { timeoutSeconds: 600 });
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}
