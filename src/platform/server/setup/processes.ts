import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** One process of this boot: the kernel gives a pid again, but never with the same start time. */
export const ProcessIdentity = z.object({ pid: z.number().int().positive(), startedTicks: z.number() });
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** The identity of a living process; undefined when it is gone or only waits to be reaped. */
export function findProcess(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name in parentheses may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, startedTicks: Number(fields[19]) };
  } catch {
    return process.platform !== 'linux' && answersSignals(pid) ? { pid, startedTicks: 0 } : undefined;
  }
}

/** True while the very process meant is alive, not another one that got its pid. */
export function isAlive(identity: ProcessIdentity): boolean {
  return findProcess(identity.pid)?.startedTicks === identity.startedTicks;
}

/** Sends a signal to a process if it is still the one meant; answers whether it was there. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    process.kill(identity.pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a process is gone; false when it still lives after `timeoutSeconds`. */
export async function waitForEnd(identity: ProcessIdentity, timeoutSeconds: number): Promise<boolean> {
  const until = Date.now() + timeoutSeconds * 1000;
  while (isAlive(identity)) {
    if (Date.now() > until) return false;
    await sleep(10);
  }
  return true;
}

/** Ends processes together: ten seconds to finish what they do, then at once. */
export async function endAll(processes: readonly ProcessIdentity[]): Promise<void> {
  for (const one of processes) signal(one, 'SIGTERM');
  await Promise.all(
    processes.map(async (one) => {
      if (await waitForEnd(one, 10)) return;
      signal(one, 'SIGKILL');
      await waitForEnd(one, 5);
    }),
  );
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Calls back, once a second, after the npm that ran this process is gone: killed, some versions leave what they run behind without a word. */
export function stopWithNpm(act: () => void): void {
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] === undefined) return;
  setInterval(() => process.ppid !== parent && act(), 1000).unref();
}
