import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { copyFile, open, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { programs as knownPrograms } from '#src/fleet/contract/tasks.ts';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { z } from 'zod';
import { findJson, writeJson } from '../files.ts';
import {
  findProcess,
  findUser,
  isAlive,
  plainEnv,
  signalProcess,
  type ProcessIdentity,
} from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { KnownService, ServiceKeeper } from './service-keeper.ts';

const Identity = z.object({ pid: z.number(), startedTicks: z.number() });
const watchMs = 250;
const logBytesAtMost = 20 * 1024 * 1024;
const stopSeconds = 120;
/** A program that lived this long is started again at once; one that dies again and again waits longer each time, at most ten seconds. */
const steadyMs = 10_000;

type Kept = {
  service: KnownService;
  process: ProcessIdentity | undefined;
  startedAt: number;
  deaths: number;
  startAt: number;
};

/**
 * Keeps programs running where there is no systemd: as detached processes that outlive the agent, found again by their pid
 * and start time when it comes back.
 */
export function processKeeper(options: {
  servicesFolder: string;
  logFolder: string;
  log: (message: string) => void;
  /** Other programs under the same names, for tests. */
  programs?: Record<string, string>;
}): ServiceKeeper & { adopt(services: readonly KnownService[]): Promise<void>; close(): void } {
  const { servicesFolder, logFolder, log } = options;
  const programs: Record<string, string> = options.programs ?? knownPrograms;
  const kept = new Map<string, Kept>();
  mkdirSync(logFolder, { recursive: true, mode: 0o755 });
  const logFile = (name: string) => join(logFolder, `${name}.log`);
  const processFile = (name: string) => join(servicesFolder, `${name}.process`);

  const launch = async (one: Kept): Promise<void> => {
    const { service } = one;
    one.process = spawnDetached(service, programs[service.program] ?? '', logFile(service.name));
    one.startedAt = Date.now();
    await writeJson(processFile(service.name), one.process);
  };
  const watch = async () => {
    for (const one of kept.values()) {
      const { service } = one;
      if (service.wished !== 'running' || (one.process && isAlive(one.process))) continue;
      if (one.startAt === 0) {
        one.deaths = Date.now() - one.startedAt > steadyMs ? 0 : one.deaths + 1;
        one.startAt = Date.now() + Math.min(10_000, one.deaths <= 1 ? 0 : 500 * 2 ** (one.deaths - 2));
        log(`service ${service.name} ended`);
      }
      if (Date.now() < one.startAt) continue;
      one.startAt = 0;
      try {
        await launch(one);
      } catch (error) {
        log(`service ${service.name} could not be started: ${(error as Error).message}`);
      }
    }
  };
  const rotate = async () => {
    for (const name of kept.keys()) {
      const size = (await stat(logFile(name)).catch(() => undefined))?.size ?? 0;
      if (size <= logBytesAtMost) continue;
      // The program holds the file open for appending, so it is emptied rather than moved.
      await copyFile(logFile(name), `${logFile(name)}.1`);
      await truncate(logFile(name));
    }
  };
  let busy = false;
  let rounds = 0;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void watch()
      .then(() => (++rounds % 240 === 0 ? rotate() : undefined))
      .catch((error: unknown) => log(String(error)))
      .finally(() => (busy = false));
  }, watchMs);

  const end = async ({ service, process }: Kept): Promise<void> => {
    if (!process || !signalProcess(process, 'SIGTERM')) return;
    const until = Date.now() + stopSeconds * 1000;
    while (isAlive(process)) {
      if (Date.now() > until) {
        killAll(process, service.killMode);
        await sleep(200);
        if (isAlive(process)) throw new TaskFailure(agentText.doesNotStop(service.name));
        return;
      }
      await sleep(50);
    }
    // What a mixed stop leaves of its group goes too, as systemd does it.
    if (service.killMode === 'mixed') killAll(process, 'mixed');
  };

  return {
    async adopt(services) {
      for (const service of services) {
        const process = await findJson(processFile(service.name), Identity);
        kept.set(service.name, { service, process, startedAt: Date.now(), deaths: 0, startAt: 0 });
      }
    },
    async start(service) {
      const before = kept.get(service.name);
      if (before?.process && isAlive(before.process)) {
        before.service = { ...service, wished: 'running' };
        return;
      }
      const one: Kept = {
        service: { ...service, wished: 'running' },
        process: undefined,
        startedAt: 0,
        deaths: 0,
        startAt: 0,
      };
      await launch(one);
      kept.set(service.name, one);
    },
    async stop({ name }) {
      const one = kept.get(name);
      if (!one) return;
      one.service = { ...one.service, wished: 'stopped' };
      await end(one);
    },
    async reload({ name, reloadSignal }) {
      const process = kept.get(name)?.process;
      if (process && reloadSignal) signalProcess(process, reloadSignal);
    },
    async remove(name) {
      const one = kept.get(name);
      if (!one) return;
      one.service = { ...one.service, wished: 'stopped' };
      await end(one);
      kept.delete(name);
      await rm(processFile(name), { force: true });
      await rm(logFile(name), { force: true });
      await rm(`${logFile(name)}.1`, { force: true });
    },
    async findPid(name) {
      const process = kept.get(name)?.process;
      return process && isAlive(process) ? process.pid : null;
    },
    async lastWords(name, lines) {
      return tailOf(logFile(name), lines);
    },
    wordsSince(name, place) {
      return wordsFrom(logFile(name), place);
    },
    close() {
      clearInterval(timer);
    },
  };
}

function spawnDetached(service: KnownService, path: string, logFile: string): ProcessIdentity {
  const program = [path, ...service.args];
  const user = findUser(service.user);
  if (!user) throw new TaskFailure(agentText.noSuchUser(service.user));
  // setpriv becomes the program itself: same pid, and the user's own groups.
  const argv =
    service.user === 'root'
      ? program
      : ['setpriv', `--reuid=${service.user}`, `--regid=${user.gid}`, '--init-groups', '--', ...program];
  const output = openSync(logFile, 'a', 0o640);
  try {
    const child = spawn(argv[0]!, argv.slice(1), {
      detached: true,
      cwd: '/',
      stdio: ['ignore', output, output],
      env: {
        ...plainEnv,
        HOME: user.home,
        USER: user.name,
        ...(service.program === 'patroni'
          ? { PG_OOM_ADJUST_FILE: '/proc/self/oom_score_adj', PG_OOM_ADJUST_VALUE: '0' }
          : {}),
      },
    });
    child.on('error', () => {});
    child.unref();
    if (child.pid === undefined) throw new TaskFailure(agentText.noSuchProgram(path));
    // One that is gone already is found dead by the next look, and its last words are in its log.
    return findProcess(child.pid) ?? { pid: child.pid, startedTicks: -1 };
  } finally {
    closeSync(output);
  }
}

function killAll(process_: ProcessIdentity, mode: KnownService['killMode']): void {
  try {
    process.kill(mode === 'mixed' ? -process_.pid : process_.pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}

/** At most so much of a log is read at once; a log that says more is followed from its end. */
const wordsBytes = 4 * 1024 * 1024;

/** Whole lines of a file from a byte on; a file that is shorter than that was begun anew. */
async function wordsFrom(
  path: string,
  place: string | undefined,
): Promise<{ lines: string[]; place: string }> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle) return { lines: [], place: '0' };
  try {
    const { size } = await handle.stat();
    if (place === undefined) return { lines: [], place: String(size) };
    const known = Number(place);
    const from = Math.max(known > size ? 0 : known, size - wordsBytes);
    const buffer = Buffer.alloc(size - from);
    await handle.read(buffer, 0, buffer.length, from);
    const whole = buffer.lastIndexOf(10) + 1;
    const text = buffer.subarray(0, whole).toString('utf8');
    return { lines: text.split('\n').filter((line) => line !== ''), place: String(from + whole) };
  } finally {
    await handle.close();
  }
}

async function tailOf(path: string, lines: number): Promise<string[]> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, 400 * lines));
    await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trim().split('\n').slice(-lines);
  } finally {
    await handle.close();
  }
}
