import { chown, mkdir, open, rm } from 'node:fs/promises';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../programs.ts';
import type { Means } from './means.ts';

/** Where everything is mounted that those inside see; each sees their own there. */
export const rootOf = (means: Means) => join(means.folder, 'root');

/** `/usr` and what programs need beside it: links on today's systems, folders on older ones. */
export function systemFolders(): { binds: string[]; links: [string, string][] } {
  const found = { binds: ['/usr'], links: [] as [string, string][] };
  for (const folder of ['/bin', '/sbin', '/lib', '/lib64']) {
    const there = existsSync(folder) ? lstatSync(folder) : undefined;
    if (there?.isSymbolicLink()) found.links.push([folder, readlinkSync(folder)]);
    else if (there?.isDirectory()) found.binds.push(folder);
  }
  return found;
}

/** The folder in which a sandbox's socket appears. */
export async function makeRun(means: Means, box: string): Promise<void> {
  const folder = join(box, 'run');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (means.user) await chown(folder, means.user.uid, means.user.gid);
}

/** Makes a folder that holds what a sandbox writes, with the two folders an overlay wants; answers the folder. */
export async function makeUpper(means: Means, folder: string): Promise<string> {
  for (const name of ['upper', 'work']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  await chown(join(folder, 'upper'), means.user?.uid ?? 0, means.user?.gid ?? 0);
  return folder;
}

/** A file that is an empty file system of this size, with the folders an overlay wants. Takes only what is written to it. */
export async function makeImage(means: Means, file: string, megabytes: number): Promise<boolean> {
  const model = `${file}.d`;
  await mkdir(model, { recursive: true, mode: 0o755 });
  try {
    await makeUpper(means, model);
    const handle = await open(file, 'w', 0o600);
    await handle.truncate(megabytes * 1024 * 1024);
    await handle.close();
    const made = await run(
      [
        'mkfs.ext4',
        '-q',
        '-F',
        '-m',
        '0',
        '-O',
        '^has_journal,^resize_inode',
        '-E',
        'lazy_itable_init=1,nodiscard',
        '-d',
        model,
        file,
      ],
      { timeoutSeconds: 60 },
    );
    return made.code === 0;
  } finally {
    await rm(model, { recursive: true, force: true });
  }
}
