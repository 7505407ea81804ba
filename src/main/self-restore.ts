/** Rebuilds Elepherd from a backup of itself in an empty home: `npx elepherd self-restore FILE`. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { terminalLocale } from '#src/platform/contract/i18n.ts';
import { selfBackupText } from '#src/platform/contract/self-backup.text.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { checkEmptyHome, restoreSelfBackup } from '#src/platform/server/self-backup/restore-self-backup.ts';
import { SetupProblem } from '#src/platform/server/setup/setup-problem.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'key-file': { type: 'string' } },
});
const file = positionals[0] ?? '';
const config = takeConfig();
const { home } = config;

try {
  checkEmptyHome(home);
  await restore(firstLine(await readKey()));
} catch (error) {
  complain(
    error instanceof SetupProblem ? error.text : selfBackupText.restoreFailed((error as Error).message),
  );
  process.exitCode = 1;
}

async function restore(key: string): Promise<void> {
  const embedded =
    config.DATABASE_URL === undefined ? await startEmbeddedPostgres({ home, log: say }) : undefined;
  let isWhole = false;
  try {
    const sum = await restoreSelfBackup({
      file,
      key,
      databaseUrl: config.DATABASE_URL ?? embedded?.url ?? '',
      home,
    });
    isWhole = true;
    say(selfBackupText.restored(home, sum.madeAt, sum.rows));
  } finally {
    await embedded?.stop();
    // A half-made database would look like an Elepherd to the next start.
    if (embedded && !isWhole) await rm(join(home, 'postgres'), { recursive: true, force: true });
  }
}

/** What --show-key prints may be kept as it is: the key, and under it why it matters. */
function firstLine(words: string): string {
  return words.trim().split('\n')[0]?.trim() ?? '';
}

async function readKey(): Promise<string> {
  if (values['key-file'] !== undefined) return readFile(values['key-file'], 'utf8');
  if (!process.stdin.isTTY) return text(process.stdin);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(selfBackupText.askKey[terminalLocale(process.env)]);
  } finally {
    lines.close();
  }
}
