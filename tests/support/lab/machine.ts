import { existsSync } from 'node:fs';
import { mkdir, readFile, statfs } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { command } from './command.ts';

/** Something about this machine keeps the lab from running; the message is one sentence for a person. */
export class LabUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LabUnavailable';
  }
}

/** A library that shows the programs it is loaded into another time. */
export const movedClockLibrary = '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1';

/** Program, or whole path of a file → the Debian package that brings it. */
const neededPrograms: Record<string, string> = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  nft: 'nftables',
  nsenter: 'util-linux',
  flock: 'util-linux',
  [movedClockLibrary]: 'libfaketime',
};

export const freeBytesNeeded = 4 * 1024 ** 3;

/** Answers why the lab cannot run here, in one sentence, or undefined when it can try. */
export function whyNoLab(): string | undefined {
  if (process.platform !== 'linux')
    return 'The lab needs Linux: its hosts are network namespaces and containers of this kernel.';
  if (process.getuid?.() !== 0)
    return 'The lab needs root, to make network namespaces and boot hosts; run it as root or skip it.';
  return undefined;
}

/** Installs the programs the lab needs when they are missing; throws LabUnavailable with one sentence when it cannot. */
export async function prepareMachine(log: (line: string) => void): Promise<void> {
  const why = whyNoLab();
  if (why !== undefined) throw new LabUnavailable(why);
  const missing = missingPackages();
  if (missing.length === 0) return;
  log(`installing ${missing.join(', ')} on this machine`);
  const env = { ...definedEnv(), DEBIAN_FRONTEND: 'noninteractive' };
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing];
  try {
    await command(['apt-get', 'update'], { env, timeoutSeconds: 300 });
    await command(install, { env, timeoutSeconds: 600 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabUnavailable(
      `The lab needs ${missing.join(', ')}, and apt-get could not install them: ${reason}`,
    );
  }
  const still = missingPackages();
  if (still.length > 0)
    throw new LabUnavailable(`The lab needs ${still.join(', ')}: install them and start again.`);
}

/** Throws LabUnavailable when the file system of `path` has less room than a lab needs. */
export async function checkRoom(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  if (free < freeBytesNeeded) {
    const gigabytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(1);
    throw new LabUnavailable(
      `The lab needs ${gigabytes(freeBytesNeeded)} GB free under ${path} and finds ${gigabytes(free)} GB: make room or name another place.`,
    );
  }
}

/** The environment without its undefined holes, as spawn and this code's own types want it. */
export function definedEnv(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  return env;
}

/** Where cgroup v2 is mounted: the whole tree, or the `unified` corner of a machine that still runs v1. */
export async function cgroupRoot(): Promise<string> {
  const mounts = await readFile('/proc/mounts', 'utf8');
  for (const line of mounts.split('\n')) {
    const [, path, type] = line.split(' ');
    if (type === 'cgroup2' && path !== undefined) return path;
  }
  throw new LabUnavailable(
    'The lab needs cgroup v2 mounted (at /sys/fs/cgroup or /sys/fs/cgroup/unified), and finds it nowhere.',
  );
}

function missingPackages(): string[] {
  const missing = Object.entries(neededPrograms).filter(([program]) => !isOnPath(program));
  return [...new Set(missing.map(([, name]) => name))];
}

function isOnPath(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program);
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return [...folders, '/usr/sbin', '/sbin'].some((folder) => existsSync(join(folder, program)));
}

/** The Node program the lab's own processes run with: the one running now. */
export const nodeProgram = process.execPath;

/** The folder this code lives in. */
export const labCodeFolder = dirname(new URL(import.meta.url).pathname);

/** The whole path of a program; throws LabUnavailable when it is nowhere. */
export function programPath(program: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const folder = folders.find((candidate) => existsSync(join(candidate, program)));
  if (folder === undefined) throw new LabUnavailable(`The lab needs ${program}, which is not installed.`);
  return join(folder, program);
}
