import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { setupText } from '../../contract/setup.text.ts';
import { SetupProblem } from './setup-problem.ts';

const run = promisify(execFile);

/** Whose rights a program gets; `undefined` means: those of this process. */
export type SystemUser = { uid: number; gid: number } | undefined;

const name = 'elepherd';

/** The unprivileged user that PostgreSQL runs as: made when missing if this is root, otherwise whoever runs this. */
export async function ensureSystemUser(): Promise<SystemUser> {
  if (process.getuid?.() !== 0) return undefined;
  const found = await findUser();
  if (found !== undefined) return found;
  const flags = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
  ];
  let why = '';
  await run('useradd', [...flags, name]).catch((error: Error) => (why = error.message));
  // Another starter may have been quicker: only the outcome counts.
  const made = await findUser();
  if (made === undefined) throw new SetupProblem(setupText.noSystemUser(name, why));
  return made;
}

async function findUser(): Promise<SystemUser> {
  for (const entry of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [login, , uid, gid] = entry.split(':');
    if (login === name) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** Refuses a folder that `user` cannot reach because a folder above it is closed to others. */
export async function checkReachable(folder: string, user: SystemUser): Promise<void> {
  if (user === undefined) return;
  for (let above = dirname(resolve(folder)); above !== '/'; above = dirname(above)) {
    const { mode, uid, gid } = await stat(above);
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) throw new SetupProblem(setupText.unreachable(folder, above, name));
  }
}
