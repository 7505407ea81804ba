import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { selfBackupText } from '../../contract/self-backup.text.ts';
import { SetupProblem } from '../setup/setup-problem.ts';
import { readArchive, type SelfBackupSum } from './self-archive.ts';

/** Refuses a home that already is an Elepherd's. */
export function checkEmptyHome(home: string): void {
  if (existsSync(join(home, 'postgres')) || existsSync(join(home, 'secret.key')))
    throw new SetupProblem(selfBackupText.homeNotEmpty(home));
}

/**
 * Rebuilds Elepherd from a backup: rows into an empty database, keys and uploads into an empty home. What fails leaves no key
 * behind. Ask `checkEmptyHome` before the database is made.
 */
export async function restoreSelfBackup(options: {
  file: string;
  key: string;
  databaseUrl: string;
  home: string;
}): Promise<SelfBackupSum & { madeAt: string }> {
  const { file, key, databaseUrl, home } = options;
  const written: string[] = [];
  await mkdir(home, { recursive: true, mode: 0o755 });
  try {
    const bytes = createReadStream(file) as AsyncIterable<Buffer>;
    return await readArchive({ bytes, databaseUrl, home, key, onFile: (path) => written.push(path) });
  } catch (error) {
    for (const path of written) {
      await rm(path, { force: true });
      // Folders that this made are empty now; others are not, and stay.
      for (let above = dirname(path); above !== home && above.startsWith(home); above = dirname(above))
        await rmdir(above).catch(() => {});
    }
    throw error;
  }
}
