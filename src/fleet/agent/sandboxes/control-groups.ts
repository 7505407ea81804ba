import { existsSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../programs.ts';

export type GroupLimits = { memoryBytes: number; cpuCores: number; processes: number };
export type Group = {
  /** Made for it, and taken away with it. */
  folders: string[];
  /** Those its first process joins. */
  joins: string[];
  keeps: { memory: boolean; cpu: boolean; processes: boolean };
};

const mounts = '/sys/fs/cgroup';
const ourName = 'elepherd-sandboxes';
const unit = `${ourName}.service`;
const keeperName = 'keeper';
const periodUs = 100_000;

/**
 * How this kernel limits groups of processes, and where ours may be: one tree, a tree a controller, or not at all. `home` is
 * the group of a systemd unit of our own: what is there stays when the agent's own unit stops.
 */
export type GroupTree = { home: string | null } & (
  | { kind: 'one'; folder: string }
  | { kind: 'each'; controllers: string[] }
  | { kind: 'none' }
);

/** Finds a place for our groups and makes it. */
export async function findGroupTree(): Promise<GroupTree> {
  if (process.getuid?.() !== 0) return { home: null, kind: 'none' };
  const home = existsSync('/run/systemd/system') ? await findUnit() : null;
  if (existsSync(join(mounts, 'cgroup.controllers'))) {
    return oneTree(home).catch(() => ({ home, kind: 'none' as const }));
  }
  const controllers: string[] = [];
  for (const controller of ['memory', 'cpu', 'pids']) {
    const made = await mkdir(join(mounts, controller, ourName), { recursive: true }).then(
      () => existsSync(join(mounts, controller, ourName, 'cgroup.procs')),
      () => false,
    );
    if (made) controllers.push(controller);
  }
  return controllers.length > 0 ? { home, kind: 'each', controllers } : { home, kind: 'none' };
}

/** The group of the unit that holds all sandboxes; the unit is started when it does not run. Null when that does not work here. */
async function findUnit(): Promise<string | null> {
  const mainPid = async () =>
    Number((await run(['systemctl', 'show', '--property=MainPID', '--value', unit])).stdout.trim() || 0);
  if ((await mainPid()) === 0) {
    // A unit is gone with its last process, so one that only sleeps holds it.
    const held = ['--property=Delegate=yes', '--property=KillMode=process', '/usr/bin/sleep', 'infinity'];
    await run(['systemd-run', '--quiet', '--collect', `--unit=${ourName}`, ...held], { timeoutSeconds: 20 });
  }
  const groups = await readFile(`/proc/${await mainPid()}/cgroup`, 'utf8').catch(() => '');
  // On a machine with both kinds of tree, systemd uses one of them.
  const paths = groups.split('\n').flatMap((line) => /^(?:\d+:name=systemd|0:):(.*)$/.exec(line)?.[1] ?? []);
  const path = paths.find((one) => one.includes(unit));
  if (path === undefined) return null;
  const own = path.replace(new RegExp(`/${keeperName}$`), '');
  return [join(mounts, 'systemd', own), join(mounts, own)].find((folder) => existsSync(folder)) ?? null;
}

async function oneTree(home: string | null): Promise<GroupTree> {
  const folder = home ?? join(mounts, ourName);
  if (home) {
    // No process may stand where controllers are handed down.
    const keeper = join(folder, keeperName);
    await mkdir(keeper, { recursive: true });
    for (const pid of (await readFile(join(folder, 'cgroup.procs'), 'utf8')).split('\n').filter(Boolean)) {
      await writeFile(join(keeper, 'cgroup.procs'), pid);
    }
  } else {
    await handDown(mounts);
    await mkdir(folder, { recursive: true });
  }
  await handDown(folder);
  return { home, kind: 'one', folder };
}

/** Lets groups below use the controllers that there are; each for itself, since one that is not there would refuse them all. */
async function handDown(folder: string): Promise<void> {
  const there = (await readFile(join(folder, 'cgroup.controllers'), 'utf8')).trim().split(' ');
  for (const controller of ['memory', 'cpu', 'pids'].filter((one) => there.includes(one))) {
    await put(folder, 'cgroup.subtree_control', `+${controller}`);
  }
}

/** Makes a group with these limits and says which of them the kernel took. */
export async function makeGroup(tree: GroupTree, name: string, limits: GroupLimits): Promise<Group> {
  const quota = String(Math.round(limits.cpuCores * periodUs));
  const joins = tree.home ? [tree.home] : [];
  const none: Group = { folders: [], joins, keeps: { memory: false, cpu: false, processes: false } };
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
    return { folders: [folder], joins: [folder], keeps: { memory, cpu, processes } };
  }
  const group: Group = { folders: [], joins: [...joins], keeps: { ...none.keeps } };
  await Promise.all(
    tree.controllers.map(async (controller) => {
      const folder = join(mounts, controller, ourName, name);
      await mkdir(folder, { recursive: true });
      group.folders.push(folder);
      group.joins.push(folder);
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
