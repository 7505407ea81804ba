import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeKeys } from '#src/fleet/server/certificates/make-keys.ts';
import { audit, verifyAudit } from '#src/platform/server/audit.ts';
import { createDb, createPool, type DB } from '#src/platform/server/db.ts';
import { checkVault, createVault, setVault } from '#src/platform/server/secrets.ts';
import { ensureBackupKey } from '#src/platform/server/self-backup/backup-key.ts';
import { makeSelfBackup, type MadeSelfBackup } from '#src/platform/server/self-backup/make-self-backup.ts';
import { checkEmptyHome, restoreSelfBackup } from '#src/platform/server/self-backup/restore-self-backup.ts';
import { database, testContext } from '#tests/support/context.ts';

const folder = await mkdtemp(join(tmpdir(), 'elepherd-self-'));
const home = join(folder, 'home');
const safe = join(folder, 'safe');
const { db, url } = database;
const made: string[] = [];
let backup: MadeSelfBackup;
let key: string;
let authority: string;

beforeAll(async () => {
  await mkdir(join(home, 'files/ab'), { recursive: true });
  const vault = await createVault(home);
  setVault(vault);
  await checkVault(db, vault);
  authority = (await makeKeys(db)).authority.certificate;
  await writeFile(join(home, 'admin-token'), 'token\n', { mode: 0o600 });
  await writeFile(join(home, 'files/ab/cdef'), randomBytes(3_000_000));
  const ctx = await testContext({ may: ['*'] });
  for (let n = 0; n < 200; n += 1)
    await audit(ctx, 'platform.thing.change', String(n), { odd: 'tab\tline\nquote" \\ 象群', n });
  // Rows as COPY finds them awkward: long, empty, missing, binary.
  await sql`insert into fleet.agent_release (version, signature, bundle)
    values (${'a'.repeat(64)}, '', ${randomBytes(9_000_000)})`.execute(db);
  await sql`insert into platform.signing_key (name, sealed) values ('test', ${vault.seal('secret', 'test')})`.execute(
    db,
  );
  backup = await makeSelfBackup({ databaseUrl: url, home, folder: safe, keep: 2 });
  key = await ensureBackupKey(home);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  for (const name of made) await admin(`drop database if exists ${name} with (force)`);
});

async function admin(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('testServerUrl') });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/** An empty database, as a new machine has it. */
async function emptyDatabase(): Promise<string> {
  const name = `self_${randomBytes(5).toString('hex')}`;
  made.push(name);
  await admin(`create database ${name} template template0`);
  return inject('testServerUrl').replace('/postgres?', `/${name}?`);
}

/** Rows and their hash, by table. */
async function fingerprint(of: Kysely<DB>): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname !~ '^(pg_|information_schema)' and tablename <> 'elepherd_migration'
      and (schemaname, tablename) <> ('graphile_worker', 'migrations') order by 1`.execute(of);
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ said: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, e'\n' order by t::text)), '') as said
      from ${sql.raw(name)} t`.execute(of);
    found[name] = rows[0]?.said ?? '';
  }
  return found;
}

test('comes back whole in a new home: rows, audit chain, authority of the agents, keys, uploads', async () => {
  const databaseUrl = await emptyDatabase();
  const next = join(folder, 'next');
  checkEmptyHome(next);
  const sum = await restoreSelfBackup({ file: backup.file, key: `${key}\n`, databaseUrl, home: next });
  expect(sum.rows).toBe(backup.rows);
  expect(sum.rows).toBeGreaterThan(200);
  const restored = createDb(createPool(databaseUrl, 2));
  try {
    const [before, after] = await Promise.all([fingerprint(db), fingerprint(restored)]);
    // The row about the backup was written after it.
    delete before['platform.self_backup'];
    delete after['platform.self_backup'];
    expect(after).toEqual(before);
    expect(Object.keys(after).length).toBeGreaterThan(40);
    const checked = await verifyAudit(restored);
    expect(checked).toEqual({ ...(await verifyAudit(db)), brokenAt: null });
    // Life goes on where it stopped: numbers are not given twice, and the chain grows.
    const vault = await createVault(next);
    expect(vault.isNew).toBe(false);
    await checkVault(restored, vault);
    setVault(vault);
    expect((await makeKeys(restored)).authority.certificate).toBe(authority);
    const ctx = { ...(await testContext({ may: ['*'] })), db: restored };
    await audit(ctx, 'platform.thing.change', 'after');
    expect(await verifyAudit(restored)).toMatchObject({ rows: checked.rows + 1, brokenAt: null });
  } finally {
    await restored.destroy();
  }
  for (const file of ['admin-token', 'files/ab/cdef', 'secret.key'])
    expect(await readFile(join(next, file))).toEqual(await readFile(join(home, file)));
  expect((await stat(join(next, 'secret.key'))).mode & 0o777).toBe(0o600);
  expect(() => checkEmptyHome(next)).toThrow('already holds an Elepherd');
  await expect(
    restoreSelfBackup({ file: backup.file, key, databaseUrl, home: join(folder, 'other') }),
  ).rejects.toThrow('already holds an Elepherd');
});

test('nothing readable is in the file, and another key, a changed byte or a missing end opens nothing', async () => {
  const bytes = await readFile(backup.file);
  const secret = await readFile(join(home, 'secret.key'));
  for (const words of ['platform.thing.change', 'BEGIN CERTIFICATE', 'copy', secret])
    expect(bytes.includes(words)).toBe(false);
  expect((await stat(backup.file)).mode & 0o077).toBe(0);
  const attempt = async (content: Buffer, words = key) => {
    const file = join(folder, 'attempt.backup');
    await writeFile(file, content);
    const elsewhere = join(folder, createHash('sha256').update(randomBytes(8)).digest('hex'));
    const databaseUrl = await emptyDatabase();
    await expect(restoreSelfBackup({ file, key: words, databaseUrl, home: elsewhere })).rejects.toThrow(
      /Nothing was changed/,
    );
    // Neither keys nor rows are left behind.
    expect(await readdir(elsewhere)).toEqual([]);
    const there = createDb(createPool(databaseUrl, 1));
    const { rows } = await sql<{ n: number | null }>`
      select case when to_regclass('platform.audit') is null then 0 else
        (xpath('/row/n/text()', query_to_xml('select count(*) as n from platform.audit', false, true, '')))[1]::text::int
      end as n`
      .execute(there)
      .finally(() => there.destroy());
    expect(rows[0]?.n).toBe(0);
  };
  await attempt(bytes, `${key}X`);
  await attempt(bytes.subarray(0, bytes.length - 20));
  await attempt(Buffer.concat([bytes, Buffer.from('more')]));
  const changed = Buffer.from(bytes);
  changed[bytes.length - 5000]! ^= 1;
  await attempt(changed);
  await attempt(Buffer.from('PK'.repeat(100)));
});

test('keeps the newest, leaves no half of one, and notes every try', async () => {
  for (let n = 0; n < 2; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await makeSelfBackup({ databaseUrl: url, home, folder: safe, keep: 2 });
  }
  const names = await readdir(safe);
  expect(names).toHaveLength(2);
  expect(names.every((name) => name.endsWith('.backup'))).toBe(true);
  const blocked = join(folder, 'a-file');
  await writeFile(blocked, '');
  await chmod(blocked, 0o600);
  await expect(makeSelfBackup({ databaseUrl: url, home, folder: blocked, keep: 2 })).rejects.toThrow();
  const tries = await db.selectFrom('platform.self_backup').select(['file', 'error']).orderBy('at').execute();
  expect(tries.map((one) => one.error === null)).toEqual([true, true, true, false]);
});
