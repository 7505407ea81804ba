import { readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { LabUnavailable } from './machine.ts';
import type { HostOptions } from './host.ts';
import type { Network } from './network.ts';

/** What a lab leaves on disk so that anyone can find it, and clean up after it when its owner is gone. */
export interface LabState {
  network: Network;
  hosts: string[];
  hostOptions: HostOptions;
  image: string;
  /** The process whose end is the lab's end; null for a lab that stays until someone takes it down. */
  owner: { pid: number; startTicks: string } | null;
  startedAt: string;
}

const namePattern = /^[a-z][a-z0-9-]{0,15}$/;

/** The folder of all running labs: $ELEPHERD_LAB_DIR or /var/tmp/elepherd-lab. It must be on a real disk file system. */
export function labsFolder(): string {
  return process.env['ELEPHERD_LAB_DIR'] ?? '/var/tmp/elepherd-lab';
}

/** The folder of one lab; refuses names that could not be part of a path, a namespace and a control group. */
export function labFolder(name: string): string {
  if (!namePattern.test(name))
    throw new Error(
      `A lab's name is a lower-case word of at most 16 letters, digits and dashes, not "${name}".`,
    );
  return join(labsFolder(), name);
}

/**
 * Writes the state of a new lab, with an index (the third number of its addresses) no other lab on this machine has.
 * Refuses a name that is taken.
 */
export async function claimLab(name: string, make: (index: number) => LabState): Promise<LabState> {
  const folder = labFolder(name);
  await mkdir(labsFolder(), { recursive: true });
  return withLock(
    join(labsFolder(), 'lock'),
    () => undefined,
    async () => {
      const others = await listLabs();
      if (others.some((lab) => lab.network.name === name))
        throw new LabUnavailable(`There is a lab ${name} already: take it down, or choose another name.`);
      const taken = new Set(others.map((lab) => lab.network.index));
      const index = Array.from({ length: 250 }, (_, at) => at).find((candidate) => !taken.has(candidate));
      if (index === undefined) throw new Error('There is no free lab index: 250 labs run here.');
      const state = make(index);
      await mkdir(folder, { recursive: true, mode: 0o755 });
      await writeFile(join(folder, 'state.json.new'), JSON.stringify(state, null, 2));
      await rename(join(folder, 'state.json.new'), join(folder, 'state.json'));
      return state;
    },
  );
}

/** The state of every lab on this machine, living or dead. */
export async function listLabs(): Promise<LabState[]> {
  const names = await readdir(labsFolder()).catch(() => []);
  const states = await Promise.all(
    names.filter((name) => namePattern.test(name) && name !== 'lock').map((name) => findLab(name)),
  );
  return states.filter((state) => state !== undefined);
}

/** The state of one lab, or undefined. */
export async function findLab(name: string): Promise<LabState | undefined> {
  try {
    return JSON.parse(await readFile(join(labFolder(name), 'state.json'), 'utf8')) as LabState;
  } catch {
    return undefined;
  }
}

/** Whether the process that owns the lab is still that process; a lab without an owner counts as owned. */
export function isOwned(state: LabState): boolean {
  return state.owner === null || startTicksOf(state.owner.pid) === state.owner.startTicks;
}

/** When a process started, in the kernel's ticks: with its number it names one process for ever. Undefined when it is gone. */
export function startTicksOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets; the 22nd field is the 20th after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** This process, as an owner. */
export function thisProcess(): { pid: number; startTicks: string } {
  return { pid: process.pid, startTicks: startTicksOf(process.pid) ?? '' };
}
