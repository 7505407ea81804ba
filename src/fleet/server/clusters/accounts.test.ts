import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { psqlHeader } from '#src/fleet/agent/tasks/run-sql.ts';
import { findUser } from '#src/fleet/agent/programs.ts';
import { bin, canScratch, ScratchServer } from '#tests/support/scratch-server.ts';
import { accountsScript } from './accounts.rules.ts';

const folder = mkdtempSync('/tmp/elepherd-accounts-');
const server = new ScratchServer(folder, 'primary', 54733);
beforeAll(() => {
  if (!canScratch) return;
  const user = findUser('postgres')!;
  chownSync(folder, user.uid, user.gid);
  server.init(["shared_preload_libraries = 'pg_stat_statements'"]);
  server.start();
});
afterAll(() => {
  if (canScratch) server.close();
  rmSync(folder, { recursive: true, force: true });
});

const variables = { pooler_password: 'pooler', app_password: 'app' };

/** As the agent runs it; answers what psql complained of. */
async function makeAccounts(): Promise<string> {
  const child = spawn(
    `${bin}/psql`,
    [
      '-XqAt',
      '--set=ON_ERROR_STOP=1',
      `--host=${folder}`,
      '--port=54733',
      '--username=postgres',
      '--file=-',
      'template1',
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  child.stdin.end(`${psqlHeader(variables, 'm')}${accountsScript}\n`);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return code === 0 ? '' : said;
}

test.skipIf(!canScratch)('accounts are made by several at once as by one, and made again', async () => {
  expect(await Promise.all(Array.from({ length: 6 }, makeAccounts))).toEqual(Array(6).fill(''));
  expect(await makeAccounts()).toBe('');
  const roles = `select string_agg(rolname, ',' order by rolname) from pg_roles where rolname in ('app', 'pgbouncer')`;
  expect(server.psql(roles)).toBe('app,pgbouncer');
  expect(server.psql(`select count(*) from pg_extension where extname = 'pg_stat_statements'`, 'app')).toBe(
    '1',
  );
  expect(server.psql('select count(*) from pgbouncer.find_user($$app$$)', 'app')).toBe('1');
});
