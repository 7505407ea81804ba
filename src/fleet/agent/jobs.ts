import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { findJson, findText, writeJson } from './files.ts';
import type { AgentHome } from './home.ts';
import { findProcess, isAlive, plainEnv, run, type ProcessIdentity } from './programs.ts';
import { hasSystemd } from './services/systemd-keeper.ts';

/** Work that outlives the agent: programs run one after another, in a process of its own. */
export const Job = z.object({
  steps: z.array(
    z.object({
      argv: z.array(z.string()),
      /** A second program that reads what the first one writes; the step fails when either does. */
      into: z.array(z.string()).optional(),
      env: z.record(z.string(), z.string()).default({}),
      /** Whose rights it gets; the agent's own when left out. */
      as: z.object({ uid: z.number().int(), gid: z.number().int() }).optional(),
      timeoutSeconds: z.number(),
      mayFail: z.boolean().default(false),
    }),
  ),
});
export type Job = z.input<typeof Job>;

const JobState = z.object({
  state: z.enum(['running', 'succeeded', 'failed']),
  process: z.object({ pid: z.number(), startedTicks: z.number() }).optional(),
  /** Which step it is at, or ended at. */
  step: z.number().int(),
  /** With what the program of that step ended, when it failed. */
  code: z.number().int().optional(),
});
export type JobState = z.infer<typeof JobState>;

const paths = (home: AgentHome, id: string) => ({
  folder: home.path('jobs', id),
  job: home.path('jobs', id, 'job.json'),
  state: home.path('jobs', id, 'state.json'),
  log: home.path('jobs', id, 'log'),
});

/** Begins a job unless it was begun already, in this life of the agent or another. */
export async function beginJob(
  home: AgentHome,
  id: string,
  job: Job,
  self: readonly string[],
): Promise<void> {
  const at = paths(home, id);
  if (await stat(at.job).catch(() => undefined)) return;
  await mkdir(at.folder, { recursive: true, mode: 0o700 });
  await writeJson(at.job, job);
  const argv = [...self, 'job', '--home', home.folder, '--id', id];
  if (hasSystemd()) {
    // A unit of its own: it ends neither with the agent's nor with anybody's session.
    await run([
      'systemd-run',
      '--quiet',
      '--collect',
      `--unit=elepherd-job-${id}`,
      '--property=KillMode=mixed',
      '--',
      ...argv,
    ]);
    return;
  }
  const child = spawn(argv[0]!, argv.slice(1), { detached: true, stdio: 'ignore', cwd: '/', env: plainEnv });
  child.on('error', () => {});
  child.unref();
}

/** How a job stands; `cut-off` when its process is gone and it had not ended. */
export type JobSeen = { state: JobState['state'] | 'cut-off'; step: number; code?: number | undefined };
export async function lookAtJob(home: AgentHome, id: string): Promise<JobSeen> {
  const at = paths(home, id);
  const found = await findJson(at.state, JobState);
  if (!found) {
    const begun = (await stat(at.job).catch(() => undefined))?.mtimeMs ?? 0;
    return { state: Date.now() - begun > 20_000 ? 'cut-off' : 'running', step: 0 };
  }
  if (found.state !== 'running' || (found.process && isAlive(found.process))) return found;
  // It may have ended between the two looks.
  const again = await findJson(at.state, JobState);
  return again && again.state !== 'running' ? again : { state: 'cut-off', step: found.step };
}

/** Whether any job of this host runs now. */
export async function anyJobRuns(home: AgentHome): Promise<boolean> {
  for (const id of await readdir(home.path('jobs')))
    if ((await lookAtJob(home, id)).state === 'running') return true;
  return false;
}

/** Waits for a job to end. */
export async function awaitJob(home: AgentHome, id: string): Promise<JobSeen> {
  for (;;) {
    const found = await lookAtJob(home, id);
    if (found.state !== 'running') return found;
    await sleep(200);
  }
}

/** Ends a job that nobody wishes any more, and waits until it is gone. */
export async function endJob(home: AgentHome, id: string): Promise<void> {
  const { process: runner } = (await findJson(paths(home, id).state, JobState)) ?? {};
  if (hasSystemd()) await run(['systemctl', 'stop', `elepherd-job-${id}.service`], { timeoutSeconds: 150 });
  else if (runner && isAlive(runner)) {
    // The runner leads a group of its own: its programs end with it.
    try {
      process.kill(-runner.pid, 'SIGTERM');
    } catch {
      // It ended by itself.
    }
  }
  for (let tries = 0; runner && isAlive(runner) && tries < 150; tries++) await sleep(200);
}

/** The end of what a job's programs said. */
export async function jobLog(home: AgentHome, id: string): Promise<string> {
  return ((await findText(paths(home, id).log)) ?? '').slice(-20_000);
}

/** Forgets a job that has ended. */
export async function forgetJob(home: AgentHome, id: string): Promise<void> {
  await rm(paths(home, id).folder, { recursive: true, force: true });
}

/** The program of a job's own process: runs its steps, notes how far it came. */
export async function runJob(home: AgentHome, id: string): Promise<number> {
  const at = paths(home, id);
  const job = await findJson(at.job, Job);
  if (!job) return 1;
  const lock = await open(home.path('jobs', id, 'lock'), 'wx').catch(() => undefined);
  if (!lock) return 1;
  const me: ProcessIdentity | undefined = findProcess(process.pid);
  const note = (state: JobState['state'], step: number, code?: number) =>
    writeJson(at.state, { state, step, ...(me ? { process: me } : {}), ...(code ? { code } : {}) });
  // Ended from outside, it lets its program end as that program would for a person, and notes it.
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  await note('running', 0);
  let ended: JobState['state'] = 'succeeded';
  let index = 0;
  let code = 0;
  for (const step of job.steps) {
    await note('running', index);
    code = await runLogged(step, at.log, stop.signal);
    if (stop.signal.aborted || (code !== 0 && !step.mayFail)) {
      ended = 'failed';
      break;
    }
    index++;
  }
  await note(ended, index, ended === 'failed' ? code : undefined);
  await lock.close();
  await unlink(home.path('jobs', id, 'lock'));
  return ended === 'succeeded' ? 0 : 1;
}

async function runLogged(
  step: z.output<typeof Job>['steps'][number],
  log: string,
  stop: AbortSignal,
): Promise<number> {
  const output = openSync(log, 'a', 0o600);
  const start = ([program = '', ...args]: string[], stdio: StdioOptions) =>
    spawn(program, args, { cwd: '/', env: { ...plainEnv, ...step.env }, stdio, ...step.as });
  const first = start(step.argv, ['ignore', step.into ? 'pipe' : output, output]);
  const second = step.into && start(step.into, ['pipe', output, output]);
  // Whichever of the two ends early, the other learns of it by its end of the pipe.
  if (second) pipeline(first.stdout!, second.stdin!).catch(() => {});
  const programs = second ? [first, second] : [first];
  const askToEnd = () => programs.forEach((program) => program.kill('SIGTERM'));
  const timer = setTimeout(askToEnd, step.timeoutSeconds * 1000);
  stop.addEventListener('abort', askToEnd);
  const codes = await Promise.all(programs.map(endOf));
  clearTimeout(timer);
  stop.removeEventListener('abort', askToEnd);
  closeSync(output);
  return codes.find((code) => code !== 0) ?? 0;
}

const endOf = (program: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    program.once('error', () => resolve(127));
    program.once('exit', (code) => resolve(code ?? 1));
  });
