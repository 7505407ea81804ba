import { readdirSync, readlinkSync } from 'node:fs';
import { lstat, realpath, rmdir } from 'node:fs/promises';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { releaseReserve } from '../guardian/reserve.ts';
import { lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import type { TaskHandler } from './task-context.ts';

/** Removes a data directory and all in it. Refuses while a process works there, and a directory that is really a link. */
export const removeData: TaskHandler<'remove-data'> = async ({ directory }) => {
  const there = await lstat(directory).catch(() => undefined);
  // What the disk guardian kept aside for this data is for nobody now.
  if (!there) await releaseReserve(directory);
  if (!there) return { removed: false };
  if (!there.isDirectory()) throw new TaskFailure(agentText.isLink(directory));
  const user = findWorker(await realpath(directory));
  if (user !== undefined) throw new TaskFailure(agentText.dataInUse(directory, user));
  // As its owner: whatever links its owner may have left inside lead nowhere that the owner could not remove himself.
  const as = there.uid === 0 ? {} : { as: { uid: there.uid, gid: there.gid } };
  const emptied = await run(['find', directory, '-xdev', '-mindepth', '1', '-delete'], {
    ...as,
    timeoutSeconds: 3000,
  });
  if (emptied.code !== 0) throw new TaskFailure(agentText.dataStays(directory, lastWords(emptied)));
  await rmdir(directory);
  await releaseReserve(directory);
  return { removed: true };
};

/** A process whose working directory is this one or below; PostgreSQL's always is its data directory. */
export function findWorker(directory: string): number | undefined {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const cwd = readlinkSync(`/proc/${name}/cwd`);
      if (cwd === directory || cwd.startsWith(`${directory}/`)) return Number(name);
    } catch {
      // It ended, or it is the kernel's.
    }
  }
  return undefined;
}
