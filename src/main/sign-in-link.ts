/** Prints a one-time sign-in link for the first owner: `npx elepherd sign-in-link`. */
import { createSignInLink } from '#src/identity/server/public.ts';
import { takeConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { startEmbeddedPostgres } from '#src/platform/server/embedded-postgres.ts';

const config = takeConfig();
const embedded = config.DATABASE_URL
  ? undefined
  : await startEmbeddedPostgres({ home: config.home, log: (line) => console.error(line.en) });
const db = createDb(createPool(config.DATABASE_URL ?? embedded?.url ?? '', 2));
try {
  console.log(await createSignInLink(db, { publicUrl: config.publicUrl }));
} finally {
  await db.destroy();
  // One that ran before belongs to the server and stays.
  if (embedded && !embedded.alreadyRunning) await embedded.stop();
}
