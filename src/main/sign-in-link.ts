/** Prints a one-time sign-in link for the first owner: `npx elepherd sign-in-link`; with --if-first only until that owner has signed in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { firstAdminText } from '#src/identity/contract/first-admin.text.ts';
import { createSignInLink, needsFirstSignIn } from '#src/identity/server/public.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { findRunning } from '#src/platform/server/setup/run-file.ts';
import { terminalLocale } from '#src/platform/contract/i18n.ts';

const config = takeConfig();
const locale = terminalLocale(process.env);
if (!config.DATABASE_URL && !existsSync(join(config.home, 'postgres'))) {
  console.error(firstAdminText.startFirst(config.home)[locale]);
  process.exit(1);
}
// The server may have been started with another port than this shell knows of.
const publicUrl = config.PUBLIC_URL === undefined ? (await findRunning(config.home))?.url : undefined;
const embedded = config.DATABASE_URL
  ? undefined
  : await startEmbeddedPostgres({ home: config.home, log: (line) => console.error(line[locale]) });
const db = createDb(createPool(config.DATABASE_URL ?? embedded?.url ?? '', 2));
try {
  const isWanted = !process.argv.includes('--if-first') || (await needsFirstSignIn(db));
  if (isWanted) {
    console.log(await createSignInLink(db, { publicUrl: publicUrl ?? config.publicUrl, locale }));
  }
} finally {
  await db.destroy();
  // One that ran before belongs to the server and stays.
  if (embedded && !embedded.alreadyRunning) await embedded.stop();
}
