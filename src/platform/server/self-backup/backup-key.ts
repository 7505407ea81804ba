import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Without letters and digits that look alike. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** The words that open the backups of this home, made the first time: 150 random bits that a person can write down. */
export async function ensureBackupKey(home: string): Promise<string> {
  const file = join(home, 'self-backup.key');
  const words = Array.from({ length: 6 }, () =>
    [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join(''),
  ).join('-');
  const mine = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(mine, `${words}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Two at once get the same key.
    await link(mine, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(mine, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}
