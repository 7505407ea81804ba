// Over 300 lines: one form of file, written and read in one place.
import { createReadStream } from 'node:fs';
import { chmod, mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInflateRaw, createDeflateRaw } from 'node:zlib';
import { pipeline, Readable, type Transform } from 'node:stream';
import pg from 'pg';
import { z } from 'zod';
import { selfBackupText } from '../../contract/self-backup.text.ts';
import { migrate, listMigrations } from '../migrate.ts';
import { SetupProblem } from '../setup/setup-problem.ts';
import { copyIn, copyOut } from './copy-rows.ts';
import { openStream, Reader, sealStream } from './sealed-stream.ts';

/**
 * What of the home goes into a backup: the key that opens the database's secrets, the key of the command line, the password
 * of the metrics, and uploads that lie here. Metrics, logs and the agent of this machine are not part of it.
 */
const homeParts = ['secret.key', 'admin-token', 'metrics-password', 'files'];

const Table = z.object({
  kind: z.literal('table'),
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
});
const File = z.object({ kind: z.literal('file'), path: z.string(), mode: z.number().int() });
const Start = z.object({
  kind: z.literal('start'),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Form of the queue's tables; rows of another form are left out, and lost looks at operations come back by themselves. */
  queueForm: z.number().int(),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
});
const End = z.object({ kind: z.literal('end'), tables: z.number().int(), rows: z.number().int() });
const Entry = z.discriminatedUnion('kind', [Start, Table, File, End]);
type Entry = z.infer<typeof Entry>;

/** How a backup or a restore ended. */
export type SelfBackupSum = { tables: number; rows: number };

/** One stream through another; the failure of either is the failure of what comes out. */
const compose = (source: Readable, through: Transform): AsyncIterable<Buffer> =>
  pipeline(source, through, () => {}) as AsyncIterable<Buffer>;

/** An entry is a line of JSON and then, for tables and files, pieces with their lengths, the last of none. */
const line = (entry: Entry) => Buffer.from(`${JSON.stringify(entry)}\n`);
const lengthOf = (bytes: number) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
};
async function* pieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    if (piece.length > 0) yield lengthOf(piece.length);
    yield piece;
  }
  yield lengthOf(0);
}

/**
 * A backup of the database and of the home's secrets as encrypted bytes. All rows are of one moment. `onSum` hears at the end
 * how much there was.
 */
export async function* writeArchive(options: {
  databaseUrl: string;
  home: string;
  key: string;
  onSum?: (sum: SelfBackupSum) => void;
}): AsyncGenerator<Buffer> {
  const { databaseUrl, home, key, onSum = () => {} } = options;
  const packed = compose(
    Readable.from(contents(databaseUrl, home, onSum), { objectMode: false }),
    createDeflateRaw({ level: 3 }),
  );
  yield* sealStream(packed, key);
}

async function* contents(
  databaseUrl: string,
  home: string,
  onSum: (sum: SelfBackupSum) => void,
): AsyncGenerator<Buffer> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'elepherd self-backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0');
    const tables = await listTables(client);
    const { rows: migrations } = await client.query<{ name: string }>(
      'select name from public.elepherd_migration order by name',
    );
    const sequences = await readSequences(client);
    yield line({
      kind: 'start',
      madeAt: new Date().toISOString(),
      migrations: migrations.map((row) => row.name),
      queueForm: await queueForm(client),
      sequences,
    });
    let rows = 0;
    for (const table of tables) {
      yield line(table);
      const columns = table.columns.map((name) => client.escapeIdentifier(name)).join(', ');
      const copied = copyOut(client, `copy (select ${columns} from ${nameOf(client, table)}) to stdout`);
      // In COPY's text form a row is a line, and a line end inside a value is written out.
      yield* pieces(counted(copied, (lines) => (rows += lines)));
    }
    await client.query('commit');
    for (const part of homeParts) {
      for (const path of await filesBelow(home, part)) {
        const { mode } = await stat(join(home, path));
        yield line({ kind: 'file', path, mode: mode & 0o777 });
        yield* pieces(createReadStream(join(home, path)) as AsyncIterable<Buffer>);
      }
    }
    yield line({ kind: 'end', tables: tables.length, rows });
    onSum({ tables: tables.length, rows });
  } finally {
    await client.end();
  }
}

async function* counted(
  source: AsyncIterable<Buffer>,
  count: (lines: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    let lines = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    count(lines);
    yield chunk;
  }
}

const nameOf = (client: pg.Client, { schema, name }: { schema: string; name: string }) =>
  `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;

/** Every table with its stored columns, but for those that say which form the database has: migrating writes them. */
async function listTables(client: pg.Client): Promise<z.infer<typeof Table>[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[] }>(`
    select n.nspname as schema, c.relname as name,
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relpersistence <> 't'
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and (n.nspname, c.relname) not in (('public', 'elepherd_migration'), ('graphile_worker', 'migrations'))
    group by 1, 2 order by 1, 2`);
  return rows.map((row) => ({ kind: 'table' as const, ...row }));
}

async function readSequences(client: pg.Client): Promise<z.infer<typeof Start>['sequences']> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname !~ '^pg_' order by 1`);
  const read: z.infer<typeof Start>['sequences'] = [];
  for (const { name } of rows) {
    const { rows: said } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    );
    read.push({ name, last: said[0]?.last ?? '1', called: said[0]?.called ?? false });
  }
  return read;
}

async function queueForm(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ form: number }>(
    'select coalesce(max(id), 0)::int as form from graphile_worker.migrations',
  );
  return rows[0]?.form ?? 0;
}

/** The files of a part of the home, as paths below the home; none when it is not there. */
async function filesBelow(home: string, part: string): Promise<string[]> {
  const there = await stat(join(home, part)).catch(() => undefined);
  if (there === undefined) return [];
  if (there.isFile()) return [part];
  const names = await readdir(join(home, part));
  return (await Promise.all(names.sort().map((name) => filesBelow(home, join(part, name))))).flat();
}

/**
 * Puts a backup into an empty database and an empty home: the schema of its day, its rows as they were, then whatever this
 * version adds. All rows or none; files that were written are reported by `onFile`, for the caller to take away when it fails.
 * Refuses another key, a damaged file, one of a newer Elepherd, and a database that is in use.
 */
export async function readArchive(options: {
  bytes: AsyncIterable<Buffer>;
  databaseUrl: string;
  home: string;
  key: string;
  onFile?: (path: string) => void;
}): Promise<SelfBackupSum & { madeAt: string }> {
  const { databaseUrl, home } = options;
  const unpacked = compose(
    Readable.from(openStream(options.bytes, options.key), { objectMode: false }),
    createInflateRaw(),
  );
  const reader = new Reader(unpacked);
  const start = await nextEntry(reader);
  if (start.kind !== 'start') throw new SetupProblem(selfBackupText.damaged);
  const known = await listMigrations();
  const unknown = start.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new SetupProblem(selfBackupText.isNewer(unknown.join(', ')));
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'elepherd self-restore' });
  await client.connect();
  try {
    const { rows } = await client.query<{ used: boolean }>(
      "select to_regclass('public.elepherd_migration') is not null as used",
    );
    if (rows[0]?.used) throw new SetupProblem(selfBackupText.databaseNotEmpty);
    await client.query('set session_replication_role = replica').catch((cause: unknown) => {
      throw new SetupProblem(selfBackupText.mayNotReplay, { cause });
    });
    await migrate(databaseUrl, undefined, start.migrations);
    const sum = await loadRows(client, reader, start, home, options.onFile ?? (() => {}));
    await migrate(databaseUrl);
    return { ...sum, madeAt: start.madeAt };
  } finally {
    await client.end();
  }
}

async function loadRows(
  client: pg.Client,
  reader: Reader,
  start: z.infer<typeof Start>,
  home: string,
  onFile: (path: string) => void,
): Promise<SelfBackupSum> {
  await client.query('begin');
  const takesQueue = (await queueForm(client)) === start.queueForm;
  // Migrations may have brought rows of their own, which are in the backup as they stood.
  const there = (await listTables(client)).map((table) => nameOf(client, table));
  await client.query(`truncate ${there.join(', ')}`);
  for (;;) {
    const entry = await nextEntry(reader);
    if (entry.kind === 'end') {
      if (await reader.hasMore()) throw new SetupProblem(selfBackupText.damaged);
      await setSequences(client, start.sequences, takesQueue);
      await client.query('commit');
      return { tables: entry.tables, rows: entry.rows };
    }
    if (entry.kind === 'file') await writeFile(home, entry, nextPieces(reader), onFile);
    else if (entry.kind === 'table') {
      const source = nextPieces(reader);
      if (entry.schema === 'graphile_worker' && !takesQueue) await drain(source);
      else {
        const columns = entry.columns.map((name) => client.escapeIdentifier(name)).join(', ');
        await copyIn(client, `copy ${nameOf(client, entry)} (${columns}) from stdin`, source);
      }
    } else throw new SetupProblem(selfBackupText.damaged);
  }
}

async function setSequences(
  client: pg.Client,
  sequences: z.infer<typeof Start>['sequences'],
  takesQueue: boolean,
): Promise<void> {
  for (const { name, last, called } of sequences) {
    if (name.startsWith('graphile_worker.') && !takesQueue) continue;
    await client.query('select setval(to_regclass($1)::oid::regclass, $2::bigint, $3)', [name, last, called]);
  }
}

async function nextEntry(reader: Reader): Promise<Entry> {
  const read = Entry.safeParse(parse(await reader.takeLine(4 * 1024 * 1024)));
  if (!read.success) throw new SetupProblem(selfBackupText.damaged);
  return read.data;
}

async function* nextPieces(reader: Reader): AsyncGenerator<Buffer> {
  for (;;) {
    const length = (await reader.take(4)).readUInt32BE();
    if (length === 0) return;
    yield await reader.take(length);
  }
}

async function drain(source: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of source);
}

/** Only what a backup of ours may hold, and only where there is nothing yet. */
async function writeFile(
  home: string,
  entry: z.infer<typeof File>,
  source: AsyncIterable<Buffer>,
  onFile: (path: string) => void,
): Promise<void> {
  const parts = entry.path.split('/');
  if (!homeParts.includes(parts[0] ?? '') || parts.some((part) => ['', '.', '..'].includes(part)))
    throw new SetupProblem(selfBackupText.damaged);
  const path = join(home, ...parts);
  await mkdir(dirname(path), { recursive: true, mode: parts.length > 1 ? 0o750 : 0o755 });
  const handle = await open(path, 'wx', 0o600);
  onFile(path);
  try {
    for await (const piece of source) await handle.write(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(path, entry.mode);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
