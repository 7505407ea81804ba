import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../programs.ts';

export type GroupLimits = { memoryBytes: number; cpuCores: number; processes: number };
export type Group = { folders: string[]; keeps: { memory: boolean; cpu: boolean; processes: boolean } };

const mounts = '/sys/fs/cgroup';
const ourName = 'elepherd-sandboxes';
const unit = `${ourName}.service`;
const periodUs = 100_000;

/** How this kernel limits groups of processes, and where ours may be: one tree, a tree a controller, or not at all. */
export type GroupTree =
  | { kind: 'one'; folder: string }
  | { kind: 'each'; controllers: string[] }
  | { kind: 'none' };

/** Finds a place for our groups and makes it. With systemd on one tree it is a unit of its own, so that an agent that restarts takes no sandbox with it. */
export async function findGroupTree(): Promise<GroupTree> {
  if (process.getuid?.() !== 0) return { kind: 'none' };
  if (existsSync(join(mounts, 'cgroup.controllers')))
    return await oneTree().catch(() => ({ kind: 'none' as const }));
  const controllers: string[] = [];
  for (const controller of ['memory', 'cpu', 'pids']) {
    const made = await mkdir(join(mounts, controller, ourName), { recursive: true }).then(
      () => existsSync(join(mounts, controller, ourName, 'cgroup.procs')),
      () => false,
    );
    if (made) controllers.push(controller);
  }
  return controllers.length > 0 ? { kind: 'each', controllers } : { kind: 'none' };
}

async function oneTree(): Promise<GroupTree> {
  let folder = join(mounts, ourName);
  if (existsSync('/run/systemd/system')) {
    folder = join(mounts, 'system.slice', unit);
    if (!existsSync(folder)) {
      // `sleep` holds the unit; a unit without a process would be taken away.
      await run(
        [
          'systemd-run',
          '--quiet',
          `--unit=${ourName}`,
          '--property=Delegate=yes',
          '--property=KillMode=process',
          '/usr/bin/sleep',
          'infinity',
        ],
        { timeoutSeconds: 20 },
      );
    }
    // No process may stand where controllers are handed down.
    const keeper = join(folder, 'keeper');
    await mkdir(keeper, { recursive: true });
    for (const pid of (await readFile(join(folder, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean)) {
      await writeFile(join(keeper, 'cgroup.procs'), pid);
    }
  } else {
    await writeFile(join(mounts, 'cgroup.subtree_control'), '+memory +cpu +pids');
    await mkdir(folder, { recursive: true });
  }
  await writeFile(join(folder, 'cgroup.subtree_control'), '+memory +cpu +pids');
  return { kind: 'one', folder };
}

/** Makes a group with these limits and says which of them the kernel took. */
export async function makeGroup(tree: GroupTree, name: string, limits: GroupLimits): Promise<Group> {
  const quota = String(Math.round(limits.cpuCores * periodUs));
  const none = { folders: [], keeps: { memory: false, cpu: false, processes: false } };
  if (tree.kind === 'none') return none;
  if (tree.kind === 'one') {
    const folder = join(tree.folder, name);
    await mkdir(folder, { recursive: true });
    const [memory, cpu, processes] = await Promise.all([
      put(folder, 'memory.max', String(limits.memoryBytes)),
      put(folder, 'cpu.max', `${quota} ${periodUs}`),
      put(folder, 'pids.max', String(limits.processes)),
      put(folder, 'memory.swap.max', '0'),
    ]);
    return { folders: [folder], keeps: { memory, cpu, processes } };
  }
  const group: Group = { folders: [], keeps: { ...none.keeps } };
  await Promise.all(
    tree.controllers.map(async (controller) => {
      const folder = join(mounts, controller, ourName, name);
      await mkdir(folder, { recursive: true });
      group.folders.push(folder);
      if (controller === 'pids')
        group.keeps.processes = await put(folder, 'pids.max', String(limits.processes));
      if (controller === 'cpu') group.keeps.cpu = await put(folder, 'cpu.cfs_quota_us', quota);
      if (controller === 'memory') {
        group.keeps.memory = await put(folder, 'memory.limit_in_bytes', String(limits.memoryBytes));
        await put(folder, 'memory.memsw.limit_in_bytes', String(limits.memoryBytes));
      }
    }),
  );
  return group;
}

/** Gives a group its share of the processors; false where the kernel does not. */
export async function setCpu(tree: GroupTree, name: string, cpuCores: number): Promise<boolean> {
  const quota = String(Math.round(cpuCores * periodUs));
  if (tree.kind === 'one') return put(join(tree.folder, name), 'cpu.max', `${quota} ${periodUs}`);
  if (tree.kind === 'each') return put(join(mounts, 'cpu', ourName, name), 'cpu.cfs_quota_us', quota);
  return false;
}

/** Where a group of this name is, or was. */
export function groupFolders(tree: GroupTree, name: string): string[] {
  if (tree.kind === 'one') return [join(tree.folder, name)];
  return tree.kind === 'each' ? tree.controllers.map((one) => join(mounts, one, ourName, name)) : [];
}

/** Takes a group away once its last process is gone; waits a moment for that. */
export async function removeGroup(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (let tries = 0; tries < 100 && existsSync(folder); tries++) {
      if (
        await rmdir(folder).then(
          () => true,
          () => false,
        )
      )
        break;
      await sleep(10);
    }
  }
}

const put = (folder: string, file: string, value: string) =>
  writeFile(join(folder, file), value).then(
    () => true,
    () => false,
  );
