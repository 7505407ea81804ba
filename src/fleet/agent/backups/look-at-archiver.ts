import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiverSeen } from '#src/fleet/contract/backups.ts';
import { findText } from '../files.ts';

const spool = '/var/spool/pgbackrest/archive';

/** How archiving stands on a server, from the files of PostgreSQL and pgBackRest alone; undefined where nothing is archived. */
export async function lookAtArchiver(dataDirectory: string): Promise<ArchiverSeen | undefined> {
  const stanza = basename(dataDirectory);
  if (!existsSync(`/etc/pgbackrest/conf.d/${stanza}.conf`)) return undefined;
  const folder = join(dataDirectory, 'pg_wal', 'archive_status');
  const ready = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ready')).sort();
  // Names grow with time; a history file, which sorts elsewhere, is archived before all others.
  const oldest = ready.find((name) => !name.includes('.history')) ?? ready[0];
  const since = oldest && (await stat(join(folder, oldest)).catch(() => undefined))?.mtime;
  return {
    waitingFiles: ready.length,
    waitingSince: since ? since.toISOString() : null,
    problem: ready.length > 0 ? await complaintOf(stanza) : null,
  };
}

/** What pgBackRest left in its spool for PostgreSQL to say: a line with a code, then words. */
async function complaintOf(stanza: string): Promise<string | null> {
  const folder = join(spool, stanza, 'out');
  const errors = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.error')).sort();
  for (const name of errors.toReversed()) {
    const text = await findText(join(folder, name)).catch(() => undefined);
    const words = text?.split('\n').slice(1).join(' ').trim();
    if (words) return words.slice(0, 1000);
  }
  return null;
}
