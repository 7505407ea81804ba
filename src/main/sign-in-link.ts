/** Prints a one-time sign-in link for the first owner: `npx elepherd sign-in-link`; with --if-first only until that owner has signed in. */
import { createSignInLink, needsFirstSignIn } from '#src/identity/server/public.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';
import { terminalLocale } from '#src/platform/contract/i18n.ts';

const config = takeConfig();
const embedded = config.DATABASE_URL
  ? undefined
  : await startEmbeddedPostgres({ home: config.home, log: (line) => console.error(line.en) });
const db = createDb(createPool(config.DATABASE_URL ?? embedded?.url ?? '', 2));
try {
  const isWanted = !process.argv.includes('--if-first') || (await needsFirstSignIn(db));
  const locale = terminalLocale(process.env);
  if (isWanted) console.log(await createSignInLink(db, { publicUrl: config.publicUrl, locale }));
} finally {
  await db.destroy();
  // One that ran before belongs to the server and stays.
  if (embedded && !embedded.alreadyRunning) await embedded.stop();
}
