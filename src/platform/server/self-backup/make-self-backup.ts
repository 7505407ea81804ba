import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { createDb, createPool } from '../db.ts';
import { ensureBackupKey } from './backup-key.ts';
import { writeArchive, type SelfBackupSum } from './self-archive.ts';

const nameForm = /^elepherd-\d{8}T\d{6}Z\.backup$/;

export type MadeSelfBackup = SelfBackupSum & { file: string; sizeBytes: number };

/**
 * Backs Elepherd up into one encrypted file, whole or not at all, and removes the oldest beyond `keep`. Every try leaves a row
 * in platform.self_backup. The folder is this machine's or a mounted one.
 */
export async function makeSelfBackup(options: {
  databaseUrl: string;
  home: string;
  folder: string;
  keep: number;
}): Promise<MadeSelfBackup> {
  const { databaseUrl, folder } = options;
  const began = performance.now();
  const note = async (made: MadeSelfBackup | undefined, error: string | null) => {
    const db = createDb(createPool(databaseUrl, 1));
    const seconds = (performance.now() - began) / 1000;
    await sql`insert into platform.self_backup (file, size_bytes, row_count, seconds, error) values
      (${made?.file ?? null}, ${made?.sizeBytes ?? null}, ${made?.rows ?? null}, ${seconds}, ${error})`
      .execute(db)
      .finally(() => db.destroy());
  };
  try {
    const made = await writeBackup(options);
    await note(made, null);
    await removeOld(folder, options.keep);
    return made;
  } catch (error) {
    await note(undefined, (error as Error).message.slice(0, 2000)).catch(() => {});
    throw error;
  }
}

async function removeOld(folder: string, keep: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => nameForm.test(name)).sort();
  for (const name of names.slice(0, Math.max(0, names.length - keep))) await rm(join(folder, name));
}

async function writeBackup({
  databaseUrl,
  home,
  folder,
}: {
  databaseUrl: string;
  home: string;
  folder: string;
}): Promise<MadeSelfBackup> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const stamp = new Date().toISOString().replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  const file = join(folder, `elepherd-${stamp}.backup`);
  const making = `${file}.making-${process.pid}`;
  let sum: SelfBackupSum = { tables: 0, rows: 0 };
  try {
    const key = await ensureBackupKey(home);
    const bytes = writeArchive({ databaseUrl, home, key, onSum: (all) => (sum = all) });
    await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(making, { mode: 0o600 }));
    const handle = await open(making);
    await handle.sync().finally(() => handle.close());
    await rename(making, file);
  } catch (error) {
    await rm(making, { force: true });
    throw error;
  }
  return { ...sum, file, sizeBytes: (await stat(file)).size };
}
