import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startTestCli } from '#tests/support/cli.ts';
import { someHost } from '#tests/support/hosts.ts';

const cli = await startTestCli();
const folder = await mkdtemp(join(tmpdir(), 'elepherd-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
await someHost(cli.owner, 'db-1');

const hide = (text: string) =>
  text
    .replaceAll(folder, 'FOLDER')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/\b\d{8}-\d{6}Z\b/g, 'YYYYMMDD-HHMMSSZ')
    .replace(/\b[0-9a-f]{16}\b/g, 'FINGERPRINT')
    // Thirty-six random bytes.
    .replace(/^[A-Za-z0-9+/]{48}$/gm, 'PASSPHRASE');

test.each(['en', 'zh-CN'])('external databases, in %s', async (language) => {
  const dsn = join(folder, 'dsn');
  await writeFile(dsn, 'postgresql://app:hush@legacy.example.com:5433/postgres\n');
  const lines = [
    'external list',
    'external add legacy',
    `external add legacy --dsn-file ${folder}/none --on db-1 --folder /mnt/dumps`,
    `external add legacy --dsn-file ${dsn} --on db-1 --folder /etc`,
    `external add legacy --dsn-file ${dsn} --on db-1 --folder /mnt/dumps --databases sales --keep 30`,
    `external add legacy --dsn-file ${dsn} --on db-1 --folder /mnt/dumps`,
    'external list',
    'external backup legacy',
    'external backup legacy',
    'external show legacy',
    'external key legacy',
    'external remove legacy --yes',
  ];
  const shown = await cli.transcript(lines.map((line) => `${line} --lang ${language}`));
  expect(shown).not.toContain('hush');
  // What runs keeps it from being removed; so that the next language begins as this one did, it goes now.
  await cli.owner.db.deleteFrom('platform.operation').execute();
  await cli.run('external remove legacy --yes');
  await expect(hide(shown)).toMatchFileSnapshot(`golden/external.${language}.txt`);
});
