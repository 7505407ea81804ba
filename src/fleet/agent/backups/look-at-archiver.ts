import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiverSeen } from '#src/fleet/contract/backups.ts';
import { findText } from '../files.ts';
import { backRestComplaint } from './back-rest.ts';

const spool = '/var/spool/pgbackrest/archive';
const logs = '/var/log/pgbackrest';
/** Shorter, and a file may simply be on its way. */
const lateMs = 20_000;

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
    problem: since && Date.now() - since.getTime() > lateMs ? await complaintOf(stanza) : null,
  };
}

/** What pgBackRest complained of last while it archived: in its spool when it gave a file up, in its log while it still tries. */
async function complaintOf(stanza: string): Promise<string | null> {
  const folder = join(spool, stanza, 'out');
  const errors = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.error')).sort();
  for (const name of errors.toReversed()) {
    const text = await findText(join(folder, name)).catch(() => undefined);
    const words = text?.split('\n').slice(1).join(' ').trim();
    if (words) return words.slice(0, 1000);
  }
  const log = await readEnd(`${logs}/${stanza}-archive-push-async.log`);
  return /\b(?:ERROR|WARN): /.test(log) ? backRestComplaint(log).slice(0, 1000) : null;
}

/** The last lines of a file, from its last run on. */
async function readEnd(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const length = Math.min(size, 8192);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.toString('utf8');
    return text.slice(Math.max(0, text.lastIndexOf('PROCESS START')));
  } finally {
    await file.close();
  }
}
