import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';
import { findUser, isAlive, lastWords, run } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';
import { makeImage, makeRun, makeUpper, rootOf, systemFolders } from './bare-root.ts';
import { startInside, type Inside } from './walls.ts';

/** What this machine lets us build around a sandbox. Found out once, by trying. */
export type Means = {
  folder: string;
  /** Who PostgreSQL runs as; null when the agent is not root and everything runs as itself. */
  user: { uid: number; gid: number } | null;
  /** Own network, mounts, processes and shared memory for each sandbox. */
  walls: boolean;
  /** A sandbox can be laid over its template, with what it writes in memory, or on disk. */
  overlay: { memory: boolean; disk: boolean };
  /** A sandbox's disk can be a file system of a size of its own. */
  sizedDisk: boolean;
  /** A copy on this file system shares its blocks. */
  reflink: boolean;
};

const sandboxUser = 'elepherd-sandbox';

/** Makes the bare root that all sandboxes see, and finds out what works here. */
export async function findMeans(folder: string): Promise<Means> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const means: Means = {
    folder,
    user: null,
    walls: false,
    overlay: { memory: false, disk: false },
    sizedDisk: false,
    reflink: await canReflink(folder),
  };
  if (process.getuid?.() !== 0) return means;
  // Names above must be passable for the sandbox user where there are no walls.
  await chmod(folder, 0o711);
  means.user = await ensureUser();
  await makeRoot(means);
  means.walls = await tryOut(means, 'memory', false);
  if (!means.walls) return means;
  means.sizedDisk = await tryOut(means, 'image', false);
  // One does not follow from the other: an overlay on an overlay is refused, one in memory on the same machine is not.
  means.overlay = {
    memory: await tryOut(means, 'memory', true),
    disk: await tryOut(means, means.sizedDisk ? 'image' : 'folder', true),
  };
  return means;
}

async function canReflink(folder: string): Promise<boolean> {
  const files = ['a', 'b'].map((name) => join(folder, `.reflink-${name}-${process.pid}`));
  await writeFile(files[0] ?? '', 'x'.repeat(8192));
  const { code } = await run(['cp', '--reflink=always', ...files]);
  for (const file of files) await rm(file, { force: true });
  return code === 0;
}

async function ensureUser(): Promise<{ uid: number; gid: number }> {
  if (!findUser(sandboxUser)) {
    const made = await run([
      'useradd',
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      sandboxUser,
    ]);
    if (!findUser(sandboxUser)) throw new TaskFailure(sandboxText.noUser(sandboxUser, lastWords(made)));
  }
  const { uid, gid } = findUser(sandboxUser)!;
  return { uid, gid };
}

async function makeRoot(means: Means): Promise<void> {
  const at = rootOf(means);
  const { binds, links } = systemFolders();
  for (const name of [...binds, '/etc', '/proc', '/dev/shm', '/data', '/disk', '/run', '/tmp'])
    await mkdir(at + name, { recursive: true });
  await chmod(at, 0o755);
  for (const [name, target] of links) await symlink(target, at + name).catch(ignoreExisting);
  for (const name of ['null', 'zero', 'urandom', 'random']) await writeFile(`${at}/dev/${name}`, '');
  // initdb asks for the name of its user.
  await writeFile(
    `${at}/etc/passwd`,
    `${sandboxUser}:x:${means.user?.uid}:${means.user?.gid}::/:/usr/sbin/nologin\n`,
  );
  await writeFile(`${at}/etc/group`, `${sandboxUser}:x:${means.user?.gid}:\n`);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Lives once behind such walls: what works for a trifle works for PostgreSQL. */
async function tryOut(means: Means, kind: 'memory' | 'image' | 'folder', overlay: boolean): Promise<boolean> {
  const box = await mkdtemp(join(means.folder, '.try-'));
  try {
    const template = join(box, 'template');
    await Promise.all([makeRun(means, box), mkdir(template)]);
    await chown(template, means.user?.uid ?? 0, means.user?.gid ?? 0);
    const disk = await makeDisk(means, box, kind, 64);
    if (!disk) return false;
    const started = await startInside({
      means,
      box,
      disk,
      template,
      overlay,
      groups: [],
      sharedMemoryMb: 8,
      loopback: false,
      argv: ['/usr/bin/touch', '/data/alive', '/run/alive'],
    });
    // Long enough for a very busy machine: one that gives up too early builds no walls.
    for (let tries = 0; tries < 6000 && isAlive(started); tries++) await sleep(5);
    return existsSync(join(box, 'run', 'alive'));
  } catch {
    return false;
  } finally {
    await rm(box, { recursive: true, force: true });
  }
}

async function makeDisk(
  means: Means,
  box: string,
  kind: 'memory' | 'image' | 'folder',
  megabytes: number,
): Promise<Inside['disk'] | undefined> {
  if (kind === 'memory') return { kind, megabytes };
  if (kind === 'folder') return { kind, folder: await makeUpper(means, join(box, 'disk')) };
  const file = join(box, 'disk.img');
  return (await makeImage(means, file, megabytes)) ? { kind, file } : undefined;
}
