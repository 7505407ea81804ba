import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { findText, writeWhole } from '../files.ts';
import { gently } from './back-rest.ts';
import { beginJob, endJob, forgetJob, jobLog, lookAtJob } from '../jobs.ts';
import { findUser, lastWords, run, type SystemUser } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from '../tasks/task-context.ts';

const binary = (pgVersion: number, name: string) => `/usr/lib/postgresql/${pgVersion}/bin/${name}`;
/** One recovery a directory; the job is named after it, so that every task about it finds it. */
const jobOf = (directory: string) => `recovered-${basename(directory)}`;
const hbaName = 'elepherd-recovery-hba.conf';
const hba = '# Nobody but postgres on this host, while the data is recovered.\nlocal all postgres peer\n';
const everyMs = 200;

/** Starts PostgreSQL on restored data, for this host's postgres only, and waits until it has recovered and takes writes. */
export const recoverData: TaskHandler<'recover-data'> = async (input, { home, signal }) => {
  const { directory, pgVersion, port } = input;
  const job = jobOf(directory);
  const postgres = binary(pgVersion, 'postgres');
  if (!existsSync(postgres)) throw new TaskFailure(agentText.noServerBinary(postgres));
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const started = Date.now();
  if ((await lookAtJob(home, job)).state !== 'running') {
    await forgetJob(home, job);
    await writeWhole(join(directory, hbaName), hba, { mode: 0o600, uid: user.uid, gid: user.gid });
    const settings = { ...ownSettings(directory, port), ...(await readLimits(pgVersion, directory)) };
    // A copy neither archives nor changes by itself: transactions of its own would hide which ones came from the original.
    if (!input.archive) Object.assign(settings, { archive_mode: 'off', autovacuum: 'off' });
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const argv = gently(input.gentle, [postgres, '-D', directory, ...options]);
    const step = { argv, ...asUser(user), timeoutSeconds: input.lifetimeSeconds };
    await beginJob(home, job, { steps: [step] }, [process.execPath, process.argv[1]!]);
  }
  const until = started + input.timeoutSeconds * 1000;
  const as = { as: { uid: user.uid, gid: user.gid } };
  for (;;) {
    const seen = await lookAtJob(home, job);
    if (seen.state !== 'running') {
      const words = lastFatal(await jobLog(home, job));
      await forgetJob(home, job);
      if (seen.state === 'cut-off') throw new TaskFailure(restoreText.cutOff);
      return {
        ended: 'refused',
        code: seen.code ?? null,
        words,
        seconds: since(started),
        timeline: null,
        lsn: null,
        lastCommitAt: null,
      };
    }
    const ready = await run([binary(pgVersion, 'pg_isready'), '-q', '-h', directory, '-p', String(port)], as);
    if (ready.code === 0) break;
    if (signal.aborted) {
      await endJob(home, job);
      await forgetJob(home, job);
      signal.throwIfAborted();
    }
    if (Date.now() > until) throw new TaskFailure(restoreText.recoveryTooLong(input.timeoutSeconds));
    await sleep(everyMs);
  }
  return {
    ended: 'done',
    code: 0,
    words: '',
    seconds: since(started),
    ...readRecovery(await jobLog(home, job)),
  };
};

const asUser = ({ uid, gid, home }: SystemUser) => ({ as: { uid, gid }, env: { HOME: home } });
const since = (started: number) => (Date.now() - started) / 1000;

/** What such a server must not take over from the one it was copied from. */
function ownSettings(directory: string, port: number): Record<string, string> {
  return {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: directory,
    unix_socket_permissions: '0700',
    hba_file: join(directory, hbaName),
    ssl: 'off',
    // Nothing is read before the end, and so no setting has to be as large as it was over there at any time.
    hot_standby: 'off',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '',
    log_timezone: 'UTC',
    timezone: 'UTC',
    lc_messages: 'C',
    cluster_name: '',
    shared_buffers: '128MB',
    huge_pages: 'off',
    synchronous_standby_names: '',
    primary_conninfo: '',
    primary_slot_name: '',
    recovery_end_command: '',
    archive_cleanup_command: '',
    external_pid_file: '',
  };
}

/** Patroni keeps these on the command line, so the restored files may not know them; the control file does. */
async function readLimits(pgVersion: number, directory: string): Promise<Record<string, string>> {
  const said = await run([binary(pgVersion, 'pg_controldata'), '-D', directory]);
  if (said.code !== 0) throw new TaskFailure(restoreText.noControlFile(directory, lastWords(said)));
  const value = (title: string) => new RegExp(`^${title} setting:\\s+(\\S+)`, 'm').exec(said.stdout)?.[1];
  const limits = {
    max_connections: value('max_connections'),
    max_worker_processes: value('max_worker_processes'),
    max_wal_senders: value('max_wal_senders'),
    max_prepared_transactions: value('max_prepared_xacts'),
    max_locks_per_transaction: value('max_locks_per_xact'),
    track_commit_timestamp: value('track_commit_timestamp'),
    wal_level: value('wal_level'),
  };
  return Object.fromEntries(
    Object.entries(limits).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** What PostgreSQL says of the recovery that has ended. */
export function readRecovery(log: string): {
  timeline: number | null;
  lsn: string | null;
  lastCommitAt: string | null;
} {
  const last = (pattern: RegExp) => [...log.matchAll(pattern)].at(-1)?.[1] ?? null;
  const timeline = last(/selected new timeline ID: (\d+)/g);
  return {
    timeline: timeline === null ? null : Number(timeline),
    lsn: last(/redo done at ([0-9A-F]+\/[0-9A-F]+)/g),
    lastCommitAt: last(/last completed transaction was at log time (\d[\d :.+-]+\d)/g),
  };
}

/** Why PostgreSQL ended: its last FATAL or PANIC with what explains it, or its last lines. */
export function lastFatal(log: string): string {
  const all = log.split('\n').filter((line) => line.trim() !== '');
  // What pgBackRest said on the way explains an archive that seems to end.
  const archive = all.filter((line) => /ERROR: \[\d+\]/.test(line)).slice(-2);
  const lines = [...archive, ...all.filter((line) => !archive.includes(line))];
  const at = lines.findLastIndex((line) => /^(?:FATAL|PANIC):/.test(line));
  const end = at < 0 ? lines.slice(-4) : lines.slice(Math.max(at - 2, archive.length), at + 3);
  return [...archive, ...end].join('\n').slice(0, 4000);
}

const recoveryOnly =
  /^\s*(?:restore_command|recovery_\w+|primary_conninfo|primary_slot_name|archive_mode)\s*=/;

/** Stops such a server in order, and leaves plain data to Patroni when it is to take over. */
export const stopRecovered: TaskHandler<'stop-recovered'> = async (
  { pgVersion, directory, handOver },
  { home },
) => {
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const job = jobOf(directory);
  const runs = existsSync(join(directory, 'postmaster.pid'));
  if (runs && (await lookAtJob(home, job)).state === 'running') {
    const argv = [binary(pgVersion, 'pg_ctl'), 'stop', '-D', directory, '-m', 'fast', '-w', '-t', '300'];
    const stopped = await run(argv, { as: { uid: user.uid, gid: user.gid }, timeoutSeconds: 310 });
    if (stopped.code !== 0 && existsSync(join(directory, 'postmaster.pid')))
      throw new TaskFailure(restoreText.doesNotStop(directory, lastWords(stopped)));
  }
  await endJob(home, job);
  await forgetJob(home, job);
  if (handOver) {
    const auto = join(directory, 'postgresql.auto.conf');
    const before = await findText(auto);
    if (before !== undefined) {
      const kept = before.split('\n').filter((line) => !recoveryOnly.test(line));
      await writeWhole(auto, kept.join('\n'), { mode: 0o600, uid: user.uid, gid: user.gid });
    }
    // With this file Patroni would give a new cluster the settings of the old one.
    for (const name of [hbaName, 'patroni.dynamic.json', 'recovery.signal', 'standby.signal'])
      await rm(join(directory, name), { force: true });
  }
  return { stopped: runs };
};

/** Runs pg_amcheck over every database of a recovered server; what it finds is an answer. */
export const checkRecovered: TaskHandler<'check-recovered'> = async (input, { id, home, signal }) => {
  const program = binary(input.pgVersion, 'pg_amcheck');
  const none = { code: null, words: '', seconds: 0 };
  if (!existsSync(program)) return { ended: 'done', absent: true, ...none };
  const started = Date.now();
  if ((await lookAtJob(home, id)).state === 'cut-off') await forgetJob(home, id);
  const user = findUser('postgres');
  if (!user) throw new TaskFailure(agentText.noSuchUser('postgres'));
  const argv = gently(input.gentle, [
    program,
    `--host=${input.directory}`,
    `--port=${input.port}`,
    '--username=postgres',
    '--no-password',
    '--all',
    '--install-missing',
    `--jobs=${input.jobs}`,
  ]);
  const step = { argv, ...asUser(user), timeoutSeconds: input.timeoutSeconds };
  await beginJob(home, id, { steps: [step] }, [process.execPath, process.argv[1]!]);
  for (;;) {
    const seen = await lookAtJob(home, id);
    if (seen.state === 'running') {
      if (signal.aborted) {
        await endJob(home, id);
        await forgetJob(home, id);
        signal.throwIfAborted();
      }
      await sleep(everyMs);
      continue;
    }
    const words = (await jobLog(home, id)).trim().slice(-4000);
    await forgetJob(home, id);
    if (seen.state === 'cut-off') throw new TaskFailure(restoreText.cutOff);
    const ended = seen.state === 'succeeded' ? 'done' : 'refused';
    return { ended, absent: false, code: seen.code ?? 0, words, seconds: since(started) };
  }
};
