import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { cpus, networkInterfaces } from 'node:os';
import type { HostFacts } from '#src/fleet/contract/hosts.ts';
import { run } from '../programs.ts';
import { hasSystemd } from '../services/systemd-keeper.ts';
import { listPackages, offeredVersions } from './packages.ts';

const majors = [13, 14, 15, 16, 17, 18, 19, 20];
const parts = ['patroni', 'etcd-server', 'etcd-client', 'pgbouncer', 'haproxy', 'pgbackrest', 'python3-etcd'];

/** Where the things are read; tests give another root. */
const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** What this machine is. Each source that is missing or hangs leaves its fact empty and holds up nothing else. */
export async function readFacts(managedDirectories: readonly string[]): Promise<HostFacts> {
  const [packages, disks, libc] = await Promise.all([readPackages(), readDisks(), readLibc()]);
  const memory = text('/proc/meminfo');
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0) * 1024;
  return {
    os: parseOsRelease(text('/etc/os-release')),
    kernel: text('/proc/sys/kernel/osrelease').trim().slice(0, 200),
    libc,
    icu: packages.icu,
    cpu: { cores: cpus().length, model: (cpus()[0]?.model ?? '').slice(0, 200) },
    memoryBytes: kib('MemTotal'),
    memoryAvailableBytes: kib('MemAvailable'),
    disks,
    addresses: readAddresses(),
    // The server knows better: it compares the clock of a heartbeat with its own.
    timeOffsetSeconds: 0,
    systemd: hasSystemd(),
    root: process.getuid?.() === 0,
    unattendedUpgrades: hasUnattendedUpgrades(),
    postgresOffered: packages.offered,
    postgresInstalled: packages.installed,
    parts: packages.parts,
    postgresRunning: readPostgres(managedDirectories),
    listeningPorts: [...readListeningPorts()].sort((a, b) => a - b).slice(0, 2000),
  };
}

/** `/etc/os-release` as shells read it. */
export function parseOsRelease(content: string): HostFacts['os'] {
  const value = (name: string) =>
    (new RegExp(`^${name}=(?:"([^"]*)"|'([^']*)'|(.*))$`, 'm').exec(content) ?? [])
      .slice(1)
      .find((v) => v !== undefined) ?? '';
  return {
    id: value('ID').slice(0, 60),
    version: value('VERSION_ID').slice(0, 60),
    name: value('PRETTY_NAME').slice(0, 200),
  };
}

type Packages = {
  installed: HostFacts['postgresInstalled'];
  offered: HostFacts['postgresOffered'];
  parts: HostFacts['parts'];
  icu: string | null;
};
let packagesKnown: { key: string; value: Packages } | undefined;

/** Asking dpkg and apt costs half a second of CPU, so they are asked again only when their own files have changed. */
async function readPackages(): Promise<Packages> {
  const stamp = (path: string) => {
    try {
      return statSync(path).mtimeMs;
    } catch {
      return 0;
    }
  };
  const key = [
    '/var/lib/dpkg/status',
    '/var/lib/apt/lists',
    '/etc/apt/sources.list',
    '/etc/apt/sources.list.d',
  ]
    .map(stamp)
    .join();
  if (packagesKnown?.key === key) return packagesKnown.value;
  const servers = majors.map((major) => `postgresql-${major}`);
  const [installed, offered] = await Promise.all([
    listPackages([...servers, ...parts, 'libicu*']),
    offeredVersions([...servers, ...parts]),
  ]);
  const of = (versions: Map<string, string>) =>
    majors.flatMap((major) => {
      const version = versions.get(`postgresql-${major}`);
      return version === undefined ? [] : [{ major, version: version.slice(0, 80) }];
    });
  const icu = [...installed].find(([name]) => /^libicu\d+/.test(name))?.[1];
  const value = {
    installed: of(installed),
    offered: of(offered),
    parts: Object.fromEntries(
      parts.map((name) => [
        name,
        { installed: installed.get(name) ?? null, offered: offered.get(name) ?? null },
      ]),
    ),
    icu: icu === undefined ? null : icu.split('-')[0]!.slice(0, 60),
  };
  packagesKnown = { key, value };
  return value;
}

let libcKnown: string | null | undefined;
async function readLibc(): Promise<string | null> {
  if (libcKnown !== undefined) return libcKnown;
  const { stdout, stderr, code } = await run(['ldd', '--version'], { timeoutSeconds: 10 });
  const said = (stdout || stderr).split('\n')[0] ?? '';
  libcKnown = code === 127 ? null : (/(\d+\.\d+(?:\.\d+)?)\s*$/.exec(said)?.[1] ?? null);
  return libcKnown;
}

const realFileSystems = /^(?:ext[234]|xfs|btrfs|zfs|f2fs|overlay|tmpfs|nfs4?|fuse\.\w+|virtiofs|9p)$/;

/** Mounted disks and their room. `df` runs as a process of its own: a hung network mount then blocks only that. */
async function readDisks(): Promise<HostFacts['disks']> {
  const wanted = new Map<string, string>();
  for (const line of text('/proc/self/mounts').split('\n')) {
    const [, mount = '', type = ''] = line.split(' ');
    const plain = mount.replaceAll('\\040', ' ');
    if (!realFileSystems.test(type) || /^\/(?:proc|sys|dev|run)(?:\/|$)/.test(plain)) continue;
    if (plain.length <= 300) wanted.set(plain, type);
  }
  const mounts = [...wanted].slice(0, 100);
  if (mounts.length === 0) return [];
  const local = mounts.filter(([, type]) => !/^(?:nfs|fuse|9p|virtiofs)/.test(type));
  const remote = mounts.filter((one) => !local.includes(one));
  const sizes = new Map<string, [number, number]>();
  const ask = async (paths: string[], timeoutSeconds: number) => {
    if (paths.length === 0) return;
    const { stdout } = await run(['df', '--block-size=1', '--output=size,avail,target', '--', ...paths], {
      timeoutSeconds,
    });
    for (const line of stdout.split('\n').slice(1)) {
      const [, size, free, target] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      if (target !== undefined) sizes.set(target, [Number(size), Number(free)]);
    }
  };
  await Promise.all([
    ask(
      local.map(([mount]) => mount),
      5,
    ),
    ...remote.map(([mount]) => ask([mount], 3)),
  ]);
  return mounts.flatMap(([mount, fileSystem]) => {
    const found = sizes.get(mount);
    return found ? [{ mount, fileSystem, sizeBytes: found[0], freeBytes: found[1] }] : [];
  });
}

function readAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter((each) => !each.internal && !each.address.startsWith('fe80'))
    .map((each) => each.address)
    .slice(0, 100);
}

function hasUnattendedUpgrades(): boolean {
  if (!existsSync('/usr/bin/unattended-upgrade'))
    return existsSync('/etc/systemd/system/timers.target.wants/dnf-automatic.timer');
  const folder = '/etc/apt/apt.conf.d';
  const all = existsSync(folder)
    ? readdirSync(folder)
        .map((name) => text(`${folder}/${name}`))
        .join('\n')
    : '';
  const said = [...all.matchAll(/^\s*APT::Periodic::Unattended-Upgrade\s+"(\d+)"/gm)].at(-1)?.[1];
  return said !== undefined && said !== '0';
}

/** Every postmaster on this machine, by its program: a process of `postgres` whose parent is none. */
function readPostgres(managed: readonly string[]): HostFacts['postgresRunning'] {
  const all = new Map<number, { parent: number; directory: string; exe: string }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name is a cheap look; most processes end here.
      if (!/^(?:postgres|postmaster)/.test(text(`/proc/${name}/comm`))) continue;
      const stat = text(`/proc/${name}/stat`);
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      all.set(Number(name), {
        parent,
        directory: readlinkSync(`/proc/${name}/cwd`),
        exe: readlinkSync(`/proc/${name}/exe`),
      });
    } catch {
      // It ended, or it is not ours to look at.
    }
  }
  return [...all]
    .filter(([, one]) => !all.has(one.parent))
    .slice(0, 100)
    .map(([pid, { directory, exe }]) => {
      const lines = text(`${directory}/postmaster.pid`).split('\n');
      const port = Number(lines[3]);
      const version =
        text(`${directory}/PG_VERSION`).trim() || (/\/(\d+(?:\.\d+)?)\/bin\//.exec(exe)?.[1] ?? '');
      return {
        pid,
        dataDirectory: directory.slice(0, 300),
        port: Number(lines[0]) === pid && Number.isInteger(port) && port > 0 ? port : null,
        version: version === '' ? null : version.slice(0, 60),
        managed: managed.includes(directory),
      };
    });
}

/** TCP ports somebody listens on, from the kernel's own tables. */
export function readListeningPorts(): Set<number> {
  const ports = new Set<number>();
  for (const path of ['/proc/net/tcp', '/proc/net/tcp6'])
    for (const port of parseListening(text(path))) ports.add(port);
  return ports;
}

export function parseListening(table: string): number[] {
  return table.split('\n').flatMap((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    const port = local?.split(':')[1];
    return state === '0A' && port !== undefined ? [Number.parseInt(port, 16)] : [];
  });
}
