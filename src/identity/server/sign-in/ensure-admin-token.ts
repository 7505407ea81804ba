import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFiles } from '#src/platform/contract/home.ts';

/**
 * The token in `<home>/admin-token`, made when there is none; whoever can read the file is signed in as the first
 * owner. Only its owner may read it.
 */
export async function ensureAdminToken(home: string): Promise<string> {
  const file = join(home, homeFiles.adminToken);
  await mkdir(home, { recursive: true });
  const making = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(making, `ela_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    // A link never replaces a file: of two starters at once, both read the first one's.
    await link(making, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await chmod(file, 0o600);
  } finally {
    await rm(making, { force: true });
  }
  const token = (await readFile(file, 'utf8')).trim();
  if (/^ela_[\w-]{43}$/.test(token)) return token;
  // A crash in an older start, or a careless editor: a token nobody can use is replaced.
  await rm(file);
  return ensureAdminToken(home);
}
