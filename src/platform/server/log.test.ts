import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** What a program logs that does this with its `log`. */
async function logged(statement: string): Promise<unknown> {
  const from = JSON.stringify(join(import.meta.dirname, 'log.ts'));
  const program = `import { createLog } from ${from}; const log = createLog('test', 'info'); ${statement}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout);
}

test('an error is written with what it says and where it was thrown, by either name', async () => {
  for (const name of ['err', 'error'])
    expect(await logged(`log.error({ ${name}: new Error('broke') }, 'it failed')`)).toMatchObject({
      msg: 'it failed',
      program: 'test',
      [name]: { message: 'broke', stack: expect.stringContaining('Error: broke') },
    });
});

test('values under names that hold secrets are left out, also one level down', async () => {
  const said = await logged(
    `log.info({ host: 'a', token: 'abc', mail: { password: 'abc', to: 'b' } }, 'sent')`,
  );
  expect(said).toMatchObject({ host: 'a', mail: { to: 'b' } });
  expect(JSON.stringify(said)).not.toContain('abc');
});
