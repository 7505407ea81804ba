import { existsSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { lastTable, psqlHeader } from './run-sql.ts';

const psql = ['15', '17', '16', '18', '14']
  .map((v) => `/usr/lib/postgresql/${v}/bin/psql`)
  .find((path) => existsSync(path));
const mark = 'a'.repeat(32);

/** Through the real psql of this machine, as the agent runs it. */
function runScript(script: string, variables: Record<string, string> = {}) {
  const printed = execFileSync(
    psql!,
    ['--no-psqlrc', '--quiet', '--set=ON_ERROR_STOP=1', '--file=-', inject('testServerUrl')],
    {
      input: `${psqlHeader(variables, mark)}${script}\n`,
      encoding: 'utf8',
      env: { PGCLIENTENCODING: 'UTF8', LC_ALL: 'C.UTF-8' },
    },
  );
  return lastTable(printed, mark);
}

test.skipIf(psql === undefined)('any text goes in as a variable and comes out as it was', () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 200 })
    .filter((t) => !t.includes('\0') && t.isWellFormed());
  const nasty = fc.constantFrom(
    `'`,
    `\\`,
    `\\'`,
    `'; drop table x; --`,
    `:'other'`,
    'a\nb',
    'a\r\nb',
    '\t',
    '',
    ' ',
    `"`,
    '\u001e',
    `\\n`,
    '$$',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(text, nasty), { minLength: 1, maxLength: 5 }), (values) => {
      const variables = Object.fromEntries(values.map((value, i) => [`v_${'abcdef'[i]}`, value]));
      const columns = values.map((_, i) => `:'v_${'abcdef'[i]}'::text as c${i}`).join(', ');
      const expected = Object.fromEntries(values.map((value, i) => [`c${i}`, value]));
      expect(runScript(`select ${columns};`, variables)).toEqual([expected]);
    }),
    { numRuns: 40 },
  );
});

test.skipIf(psql === undefined)('a name of a database leads to no other server, however it reads', () => {
  const { host, port, user = '', password } = new pg.Client(inject('testServerUrl'));
  const env = {
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: String(password ?? ''),
    LC_ALL: 'C.UTF-8',
  };
  for (const name of ['a host=evil.example', 'postgresql://evil.example/a', '--help', '']) {
    const { stderr, stdout } = spawnSync(psql!, ['--no-psqlrc', '--command', 'select current_database()'], {
      env: { ...env, PGDATABASE: name },
      encoding: 'utf8',
    });
    // An empty one is the user's own, as libpq has it.
    expect(`${stdout}${stderr}`, name).toContain(
      name === '' ? env.PGUSER : `database "${name}" does not exist`,
    );
  }
});

test.skipIf(psql === undefined)(
  'rows are those of the last statement that gave rows; NULL and the empty text stay apart',
  () => {
    const script = `
    select 1 as first;
    create temporary table t (a text, b text);
    insert into t values (null, ''), ('x', 'y'), (E'two\\nlines', ' ');
    select a, b from t order by a nulls first;
    drop table t;`;
    expect(runScript(script)).toEqual([
      { a: null, b: '' },
      { a: 'two\nlines', b: ' ' },
      { a: 'x', b: 'y' },
    ]);
    expect(runScript('select 1 as one where false;')).toEqual([]);
    expect(runScript('set work_mem = 65536;')).toEqual([]);
  },
);
