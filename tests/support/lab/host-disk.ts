import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { command } from './command.ts';
import { LabUnavailable } from './machine.ts';
import { hostsFile } from './network.ts';
import type { Network } from './network.ts';

interface DiskSpec {
  network: Network;
  folder: string;
  image: string;
  host: string;
  diskBytes: number | undefined;
}

/** Where a host's whole root is mounted on this machine. */
export function rootOf(labFolder: string, host: string): string {
  return join(labFolder, host, 'root');
}

/**
 * Mounts a host's root and answers its path: the shared image below, read-only, and above it a layer of the host's own in the lab's
 * folder. The layer is on a real file system, not in memory: what a host wrote is there after a power cut, fsync costs what it costs,
 * and a lab does not eat the machine's memory. Mounting twice is mounting once.
 */
export async function mountRoot(spec: DiskSpec): Promise<string> {
  const base = join(spec.folder, spec.host);
  const root = rootOf(spec.folder, spec.host);
  if (await isMounted(root)) return root;
  const isNew = !existsSync(base);
  const layer = spec.diskBytes === undefined ? base : join(base, 'disk');
  await mkdir(layer, { recursive: true });
  if (spec.diskBytes !== undefined) await mountOwnDisk(join(base, 'disk.ext4'), layer, spec.diskBytes);
  const upper = join(layer, 'upper');
  const work = join(layer, 'work');
  for (const path of [upper, work, root]) await mkdir(path, { recursive: true, mode: 0o755 });
  const options = `lowerdir=${spec.image},upperdir=${upper},workdir=${work}`;
  try {
    await command(['mount', '-t', 'overlay', `elepherd-lab-${spec.network.name}`, '-o', options, root]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LabUnavailable(
      `The lab needs its folder on a file system that carries overlays, such as ext4 or XFS; name one in ELEPHERD_LAB_DIR (${why}).`,
    );
  }
  if (isNew) {
    await writeFile(join(root, 'etc/machine-id'), `${randomUUID().replaceAll('-', '')}\n`);
    await writeFile(join(root, 'etc/hostname'), `${spec.host}\n`);
    await writeFile(join(root, 'etc/hosts'), hostsFile(spec.network, spec.host));
  }
  return root;
}

/** Unmounts everything below a lab's folder, the deepest first, with what systemd-nspawn keeps about those roots elsewhere. */
export async function unmountAll(labFolder: string, lab: string, hosts: readonly string[]): Promise<void> {
  for (const host of hosts) {
    const root = await stat(rootOf(labFolder, host)).catch(() => undefined);
    if (root !== undefined)
      await rm(`/run/systemd/nspawn/locks/inode-${String(root.dev)}:${String(root.ino)}`, { force: true });
    for (const kind of ['propagate', 'unix-export']) {
      await rm(`/run/systemd/nspawn/${kind}/${lab}-${host}`, { recursive: true, force: true });
    }
  }
  for (const path of await mountsBelow(labFolder)) await command(['umount', path]);
}

async function mountOwnDisk(file: string, at: string, bytes: number): Promise<void> {
  if (await isMounted(at)) return;
  if (!existsSync(file)) {
    await writeFile(file, '');
    await truncate(file, bytes);
    await command(['mkfs.ext4', '-q', '-F', '-m', '0', file]);
  }
  await command(['mount', '-o', 'loop', file, at]);
}

async function isMounted(path: string): Promise<boolean> {
  return (await mountsBelow(path)).includes(path);
}

async function mountsBelow(folder: string): Promise<string[]> {
  const lines = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  const paths = lines.map((line) =>
    (line.split(' ')[1] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) =>
      String.fromCharCode(parseInt(octal, 8)),
    ),
  );
  return paths
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length);
}
