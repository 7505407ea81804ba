import { renameSync, writeFileSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { homeFiles } from '../../contract/home.ts';
import { endAll, findProcess, isAlive, ProcessIdentity } from './processes.ts';

const RunFile = ProcessIdentity.extend({
  url: z.string(),
  programs: z.array(ProcessIdentity.extend({ name: z.string() })),
});
/** Who runs Elepherd in a home, where it answers, and which processes are its programs. */
export type RunFile = z.infer<typeof RunFile>;

/** The file in a home that says it is running: `<home>/run/elepherd.json`. */
export function runFileOf(home: string): string {
  return join(home, homeFiles.running);
}

/** The Elepherd that runs in this home now. */
export async function findRunning(home: string): Promise<RunFile | undefined> {
  const found = await read(runFileOf(home));
  return found !== undefined && isAlive(found) ? found : undefined;
}

/**
 * Claims a home for this process, or answers who holds it already.
 * Programs that a killed starter left behind are ended first, so that they hold neither ports nor work.
 */
export async function claimHome(home: string, url: string): Promise<RunFile | undefined> {
  const file = runFileOf(home);
  await mkdir(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, JSON.stringify({ ...ownIdentity(), url, programs: [] } satisfies RunFile), {
    mode: 0o644,
  });
  try {
    for (;;) {
      try {
        // Only one of several starters can make a link of this name.
        await link(mine, file);
        return undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await read(file);
      if (holder !== undefined && isAlive(holder)) return holder;
      await endAll(holder?.programs ?? []);
      await rm(file, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

/** Notes the programs that run now, for a later start to find should this process be killed. */
export function notePrograms(home: string, url: string, programs: RunFile['programs']): void {
  const next = `${runFileOf(home)}.next`;
  writeFileSync(next, JSON.stringify({ ...ownIdentity(), url, programs } satisfies RunFile), { mode: 0o644 });
  renameSync(next, runFileOf(home));
}

/** Gives a home back, if this process holds it. */
export async function releaseHome(home: string): Promise<void> {
  const holder = await read(runFileOf(home));
  if (holder?.pid === process.pid) await rm(runFileOf(home), { force: true });
}

function ownIdentity(): ProcessIdentity {
  return findProcess(process.pid) ?? { pid: process.pid, startedTicks: 0 };
}

async function read(file: string): Promise<RunFile | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    // Cut short by a full disk or a power loss: as good as none.
    return undefined;
  }
}
