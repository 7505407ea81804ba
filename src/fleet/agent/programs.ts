import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type RunOptions = {
  input?: string;
  env?: Record<string, string>;
  timeoutSeconds?: number;
  /** Bytes of output kept; a program that says more is ended. */
  outputBytes?: number;
  as?: { uid: number; gid: number };
  cwd?: string;
};
export type RunResult = { code: number; stdout: string; stderr: string; timedOut: boolean };

/** What every program started here finds in its environment, and nothing else: no locale or path of ours leaks in. */
export const plainEnv = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
};

/** Runs a program by an argument list, never through a shell, and answers how it ended; a program that is missing ends with 127. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env: { ...plainEnv, ...options.env },
      cwd: options.cwd ?? '/',
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options.as,
    });
    const limit = options.outputBytes ?? 4 * 1024 * 1024;
    const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let size = 0;
    let timedOut = false;
    let settled = false;
    const timer = setTimeout(
      () => {
        timedOut = true;
        child.kill('SIGKILL');
        // A program in an uninterruptible wait (a hung mount) does not even die; nobody waits for it.
        finish(124);
      },
      (options.timeoutSeconds ?? 30) * 1000,
    );
    const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8');
    const finish = (code: number, error = '') => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      resolve({ code, stdout: text(parts.stdout), stderr: text(parts.stderr) || error, timedOut });
    };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) child.kill('SIGKILL');
        else parts[name].push(chunk);
      });
    }
    child.on('error', (error) => finish(127, error.message));
    child.on('close', (code, signal) => finish(code ?? (signal ? 137 : 1)));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** The last lines a program said, for a person: standard error when there is any. */
export function lastWords(result: RunResult, lines = 3): string {
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n');
  return said.slice(-lines).join(' / ').slice(-800);
}

export type SystemUser = { name: string; uid: number; gid: number; home: string };

/** A user of this machine, from /etc/passwd. */
export function findUser(name: string): SystemUser | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [found, , uid, gid, , home] = line.split(':');
    if (found === name && uid !== undefined && gid !== undefined) {
      return { name, uid: Number(uid), gid: Number(gid), home: home ?? '/' };
    }
  }
  return undefined;
}

/** One process of this boot: the kernel gives a pid again, but never with the same start time. */
export type ProcessIdentity = { pid: number; startedTicks: number };

/** The identity of a living process; undefined when it is gone or only waits to be reaped. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, startedTicks: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** True while the very process meant is alive, not another one that got its pid. */
export const isAlive = (one: ProcessIdentity): boolean =>
  findProcess(one.pid)?.startedTicks === one.startedTicks;

/** Sends a signal to a process if it is still the one meant. */
export function signalProcess(one: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(one)) return false;
  try {
    process.kill(one.pid, signal);
    return true;
  } catch {
    return false;
  }
}
