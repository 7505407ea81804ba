import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProcess, plainEnv, type ProcessIdentity } from '../programs.ts';
import { rootOf, systemFolders } from './bare-root.ts';
import type { Means } from './means.ts';

/** A program to run inside: what it finds at `/data`, and what of its disk is whose. */
export type Inside = {
  means: Means;
  /** Folder of this sandbox, outside: `run` becomes its `/run`. */
  box: string;
  /** What its data lie on: memory, a file that is a file system, a folder outside, or (`data`) a folder that becomes `/data` as it is. */
  disk:
    | { kind: 'memory'; megabytes: number }
    | { kind: 'image'; file: string }
    | { kind: 'folder'; folder: string }
    | { kind: 'data'; folder: string };
  /** Where its data come from; not with `data`. */
  template?: string;
  /** Whether the template stays where it is and lies under its data, or is copied. */
  overlay?: boolean;
  groups: readonly string[];
  sharedMemoryMb: number;
  /** PostgreSQL before 15 speaks to its own collector over the loopback interface. */
  loopback: boolean;
  argv: readonly string[];
};

/** Leaves the agent's group for those of the sandbox, then becomes the program that follows. */
const joining =
  'for group in $GROUPS_TO_JOIN; do echo 0 > "$group/cgroup.procs" || exit 97; done; ulimit -c 0; exec "$@"';

const newNamespaces = [
  'unshare',
  '--mount',
  '--net',
  '--ipc',
  '--uts',
  '--pid',
  '--fork',
  '--propagation=private',
];

/**
 * Runs first inside new namespaces, still as root: mounts, drops every right, and becomes the program.
 * Everything that differs comes as variables of our own making; nothing a person wrote is among them.
 */
const entrance = `
set -e
echo -500 > /proc/self/oom_score_adj 2> /dev/null || true
mount --all --fstab "$BOX/fstab.disk"
if [ -n "$TEMPLATE" ]; then
  if [ ! -d "$ROOT/disk/upper" ]; then mkdir -m 700 "$ROOT/disk/upper" "$ROOT/disk/work"; chown "$OWNER:$OWNER_GROUP" "$ROOT/disk/upper"; fi
  if [ -n "$COPY" ]; then cp -a "$TEMPLATE/." "$ROOT/disk/upper/"; fi
fi
mount --all --fstab "$BOX/fstab.rest"
if [ -n "$LOOPBACK" ]; then ip link set lo up || true; fi
cd /
exec chroot "$ROOT" /usr/bin/setpriv --reuid="$OWNER" --regid="$OWNER_GROUP" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"
`;

const insideEnv = {
  ...plainEnv,
  HOME: '/',
  TZ: 'UTC',
  // Children of the postmaster take the ordinary risk when memory ends; the postmaster itself stays.
  PG_OOM_ADJUST_FILE: '/proc/self/oom_score_adj',
  PG_OOM_ADJUST_VALUE: '0',
};

/** Starts a program behind walls, detached from the agent, its words appended to `<box>/log`. */
export async function startInside(inside: Inside): Promise<ProcessIdentity> {
  const { means, box } = inside;
  await writeTables(inside);
  const log = await open(join(box, 'log'), 'a', 0o600);
  try {
    const child = spawn(
      '/bin/sh',
      ['-c', joining, 'sandbox', ...newNamespaces, '/bin/sh', '-c', entrance, 'sandbox', ...inside.argv],
      {
        cwd: '/',
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        env: {
          ...insideEnv,
          BOX: box,
          ROOT: rootOf(means),
          TEMPLATE: inside.template ?? '',
          COPY: inside.template !== undefined && !inside.overlay ? 'yes' : '',
          LOOPBACK: inside.loopback ? 'yes' : '',
          GROUPS_TO_JOIN: inside.groups.join(' '),
          OWNER: String(means.user?.uid),
          OWNER_GROUP: String(means.user?.gid),
        },
      },
    );
    return await identityOf(child);
  } finally {
    await log.close();
  }
}

/** Starts a program as the sandbox user (or as ourselves), without walls. */
export async function startOutside(options: {
  means: Means;
  box: string;
  argv: readonly string[];
  groups: readonly string[];
  memoryBytes?: number;
}): Promise<ProcessIdentity> {
  const { means, box } = options;
  const log = await open(join(box, 'log'), 'a', 0o600);
  const drop = means.user
    ? [
        'setpriv',
        `--reuid=${means.user.uid}`,
        `--regid=${means.user.gid}`,
        '--clear-groups',
        '--no-new-privs',
        '--inh-caps=-all',
        '--bounding-set=-all',
      ]
    : ['setpriv', '--no-new-privs'];
  const size = options.memoryBytes === undefined ? [] : ['prlimit', `--as=${options.memoryBytes}`, '--'];
  try {
    const child = spawn('/bin/sh', ['-c', joining, 'sandbox', ...size, ...drop, ...options.argv], {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...plainEnv, HOME: '/', TZ: 'UTC', BOX: box, GROUPS_TO_JOIN: options.groups.join(' ') },
    });
    return await identityOf(child);
  } finally {
    await log.close();
  }
}

function identityOf(child: ReturnType<typeof spawn>): Promise<ProcessIdentity> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      const found = findProcess(child.pid ?? 0);
      resolve(found ?? { pid: child.pid ?? 0, startedTicks: 0 });
    });
  });
}

/** The first process inside, for which the one that was started only waits; the started one itself without walls. */
export function mainProcess(started: ProcessIdentity, walls: boolean): ProcessIdentity | undefined {
  if (!walls) return findProcess(started.pid);
  for (const pid of childrenOf(started.pid)) {
    const found = findProcess(pid);
    if (found) return found;
  }
  return undefined;
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    // A kernel without that file still tells each process's parent.
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((one) => parentOf(one) === pid);
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** What is mounted inside, in two tables: first the disk, then, when it is ready, all the rest. */
async function writeTables(inside: Inside): Promise<void> {
  const { means, box, disk } = inside;
  const at = rootOf(means);
  const own = `uid=${means.user?.uid},gid=${means.user?.gid}`;
  const line = (what: string, where: string, kind: string, options: string) =>
    `${what} ${where} ${kind} ${options} 0 0\n`;
  const diskLine =
    disk.kind === 'memory'
      ? line('memory', `${at}/disk`, 'tmpfs', `size=${disk.megabytes}m,nr_inodes=100k,mode=0700,nosuid,nodev`)
      : disk.kind === 'image'
        ? line(disk.file, `${at}/disk`, 'ext4', 'loop,noatime,nosuid,nodev')
        : disk.kind === 'folder'
          ? line(disk.folder, `${at}/disk`, 'none', 'bind,nosuid,nodev')
          : '';
  const data =
    disk.kind === 'data'
      ? line(disk.folder, `${at}/data`, 'none', 'bind,nosuid,nodev')
      : inside.overlay
        ? line(
            'overlay',
            `${at}/data`,
            'overlay',
            `lowerdir=${inside.template},upperdir=${at}/disk/upper,workdir=${at}/disk/work`,
          )
        : line(`${at}/disk/upper`, `${at}/data`, 'none', 'bind,nosuid,nodev');
  const devices = ['null', 'zero', 'urandom', 'random'].map((name) =>
    line(`/dev/${name}`, `${at}/dev/${name}`, 'none', 'bind'),
  );
  await Promise.all([
    writeFile(join(box, 'fstab.disk'), line(at, at, 'none', 'bind,ro,nosuid') + diskLine),
    writeFile(
      join(box, 'fstab.rest'),
      [
        ...systemFolders().binds.map((folder) => line(folder, at + folder, 'none', 'bind,ro,nosuid')),
        line('proc', `${at}/proc`, 'proc', 'nosuid,nodev,noexec'),
        ...devices,
        line('shm', `${at}/dev/shm`, 'tmpfs', `size=${inside.sharedMemoryMb}m,mode=1777,nosuid,nodev,noexec`),
        line('tmp', `${at}/tmp`, 'tmpfs', `size=16m,mode=0700,${own},nosuid,nodev,noexec`),
        line(join(box, 'run'), `${at}/run`, 'none', 'bind,nosuid,nodev,noexec'),
        data,
      ].join(''),
    ),
  ]);
}
