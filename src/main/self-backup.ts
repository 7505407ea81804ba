/** Backs Elepherd itself up, on its own machine: `npx elepherd self-backup`; with --show-key prints the key alone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { terminalLocale } from '#src/platform/contract/i18n.ts';
import { selfBackupText } from '#src/platform/contract/self-backup.text.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { ensureBackupKey } from '#src/platform/server/self-backup/backup-key.ts';
import { makeSelfBackup } from '#src/platform/server/self-backup/make-self-backup.ts';
import { SetupProblem } from '#src/platform/server/setup/setup-problem.ts';
import { complain, say } from '#src/platform/server/setup/terminal.ts';

const { values } = parseArgs({ options: { to: { type: 'string' }, 'show-key': { type: 'boolean' } } });
const config = takeConfig();
const { home } = config;

try {
  if (!existsSync(join(home, 'secret.key'))) throw new SetupProblem(selfBackupText.noHome(home));
  if (values['show-key'] === true) say(selfBackupText.theKey(await ensureBackupKey(home)));
  else await backUp();
} catch (error) {
  complain(error instanceof SetupProblem ? error.text : selfBackupText.failed((error as Error).message));
  process.exitCode = 1;
}

async function backUp(): Promise<void> {
  const embedded =
    config.DATABASE_URL === undefined ? await startEmbeddedPostgres({ home, log: complain }) : undefined;
  try {
    const made = await makeSelfBackup({
      databaseUrl: config.DATABASE_URL ?? embedded?.url ?? '',
      home,
      folder: values.to ?? config.SELF_BACKUP_FOLDER ?? join(home, 'backups'),
      keep: config.SELF_BACKUP_KEEP,
    });
    const size = new Intl.NumberFormat(terminalLocale(process.env), {
      style: 'unit',
      unit: 'megabyte',
      maximumFractionDigits: 1,
    }).format(made.sizeBytes / 1e6);
    say(selfBackupText.made(made.file, size, made.rows));
  } finally {
    // One that ran before belongs to the server and stays.
    if (embedded && !embedded.alreadyRunning) await embedded.stop();
  }
}
