import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PlacedFile, Service } from '#src/fleet/contract/tasks.ts';
import { agentText } from '#src/fleet/contract/agent.text.ts';
import { findText, writeWhole } from '../files.ts';
import { findUser, type SystemUser } from '../programs.ts';
import { TaskFailure } from '../task-failure.ts';

function userOf(name: string): SystemUser {
  const user = findUser(name);
  if (!user) throw new TaskFailure(agentText.noSuchUser(name));
  return user;
}

/** Writes the files that are not as wished, and answers whether there were any. */
export async function placeFiles(files: readonly PlacedFile[]): Promise<boolean> {
  let changed = false;
  for (const file of files) {
    const { uid, gid } = userOf(file.owner);
    await makeFolder(dirname(file.path), undefined, 0o755);
    const there = await lstat(file.path).catch(() => undefined);
    if (there && !there.isFile()) throw new TaskFailure(agentText.isLink(file.path));
    const mode = Number.parseInt(file.mode, 8);
    const isSame =
      there &&
      there.uid === uid &&
      (there.mode & 0o777) === mode &&
      (await findText(file.path)) === file.content;
    if (isSame) continue;
    await writeWhole(file.path, file.content, { mode, uid, gid });
    changed = true;
  }
  return changed;
}

/** Makes data directories with their owner. One that has something in it stays as it is. */
export async function placeDirectories(directories: Service['directories']): Promise<void> {
  for (const { path, owner, mode } of directories) {
    await makeFolder(path, userOf(owner), Number.parseInt(mode, 8));
  }
}

/** Makes a folder and the missing ones above it, never through a symbolic link that somebody planted. */
async function makeFolder(path: string, owner: SystemUser | undefined, mode: number): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there) {
    if (!there.isDirectory()) throw new TaskFailure(agentText.isLink(path));
    if (owner && there.uid !== owner.uid && (await readdir(path)).length === 0)
      await handOver(path, owner, mode);
    return;
  }
  if (dirname(path) !== path) await makeFolder(dirname(path), owner, 0o755);
  await mkdir(path, { mode: 0o700 });
  await handOver(path, owner, mode);
}

/** By descriptor: between the look and the change the name may have become a link to something of root's. */
async function handOver(path: string, owner: SystemUser | undefined, mode: number): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    await handle.chmod(mode);
    if (owner) await handle.chown(owner.uid, owner.gid);
  } finally {
    await handle.close();
  }
}
