import { existsSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cgroupRoot, LabUnavailable } from './machine.ts';

export interface Limits {
  memoryBytes?: number;
  cpuCores?: number;
}

/** The control group that holds every process of a lab, or of one of its parts. */
export async function groupOf(lab: string, part?: string): Promise<string> {
  const whole = join(await cgroupRoot(), 'elepherd-lab', lab);
  return part === undefined ? whole : join(whole, part);
}

/** Makes a control group and those above it. */
export async function makeGroup(group: string): Promise<void> {
  await mkdir(group, { recursive: true });
}

/** Kills, at one instant, everything in a control group and waits until the kernel has buried it. */
export async function killGroup(group: string): Promise<void> {
  if (!existsSync(group)) return;
  await writeFile(join(group, 'cgroup.kill'), '1');
  await waitUntilEmpty(group, 20);
}

/** The same without waiting, for the last moment of a process. */
export function killGroupNow(group: string): void {
  try {
    writeFileSync(join(group, 'cgroup.kill'), '1');
  } catch {
    // It is gone already.
  }
}

/** Waits until nothing runs in a control group; throws after so many seconds. */
export async function waitUntilEmpty(group: string, timeoutSeconds: number): Promise<void> {
  const end = Date.now() + timeoutSeconds * 1000;
  while (await isPopulated(group)) {
    if (Date.now() > end)
      throw new Error(`Processes in ${group} did not end within ${String(timeoutSeconds)} s.`);
    await sleep(10);
  }
}

/** Whether anything runs in a control group. */
export async function isPopulated(group: string): Promise<boolean> {
  const events = await readFile(join(group, 'cgroup.events'), 'utf8').catch(() => '');
  return events.includes('populated 1');
}

/** Stops every process of a group between two instructions, or lets them go on. */
export async function setFrozen(group: string, frozen: boolean): Promise<void> {
  await writeFile(join(group, 'cgroup.freeze'), frozen ? '1' : '0');
  const wanted = frozen ? 'frozen 1' : 'frozen 0';
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await readFile(join(group, 'cgroup.events'), 'utf8')).includes(wanted)) return;
    await sleep(10);
  }
  throw new Error(`${group} did not become ${wanted} within 5 s.`);
}

/** The processes directly in a group. */
export async function processesOf(group: string): Promise<number[]> {
  const text = await readFile(join(group, 'cgroup.procs'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean).map(Number);
}

/** Removes an empty control group and what is below it, in every hierarchy of this machine that has it. */
export async function removeGroup(lab: string, part?: string): Promise<void> {
  const hierarchies = new Set([await cgroupRoot(), ...(await limitHierarchies()), '/sys/fs/cgroup/systemd']);
  for (const root of hierarchies) {
    const top = join(root, 'elepherd-lab');
    await removeTree(part === undefined ? join(top, lab) : join(top, lab, part));
    // The last lab takes the common parent with it; rmdir refuses while there is another.
    if (part === undefined) await rmdir(top).catch(() => undefined);
  }
}

/** Makes the groups that hold a host to its limits and answers them; v1 controllers only, the v2 ones need their whole path delegated. */
export async function makeLimitGroups(lab: string, host: string, limits: Limits): Promise<string[]> {
  const groups: string[] = [];
  const set = async (controller: string, files: Record<string, number>): Promise<void> => {
    const root = (await limitHierarchies(controller))[0];
    if (root === undefined)
      throw new LabUnavailable(
        `Limits need the v1 ${controller} controller at /sys/fs/cgroup/${controller}, which this machine has not.`,
      );
    const group = join(root, 'elepherd-lab', lab, host);
    await mkdir(group, { recursive: true });
    for (const [file, value] of Object.entries(files))
      await writeFile(join(group, file), String(Math.round(value)));
    groups.push(group);
  };
  if (limits.memoryBytes !== undefined) await set('memory', { 'memory.limit_in_bytes': limits.memoryBytes });
  if (limits.cpuCores !== undefined)
    await set('cpu', { 'cpu.cfs_period_us': 100_000, 'cpu.cfs_quota_us': limits.cpuCores * 100_000 });
  return groups;
}

/** Our own place in the v1 hierarchies: limits go below what this process is itself held to. */
async function limitHierarchies(only?: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/cgroup', 'utf8')).split('\n').map((line) => line.split(':'));
  const places: string[] = [];
  for (const controller of only === undefined ? ['memory', 'cpu'] : [only]) {
    const path = lines.find((line) => (line[1] ?? '').split(',').includes(controller))?.[2];
    if (path !== undefined) places.push(join('/sys/fs/cgroup', controller, path));
  }
  return places;
}

async function removeTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
  await rmdir(folder).catch(() => undefined);
}
