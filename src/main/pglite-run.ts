/** A process of its own that runs one order in PostgreSQL as WebAssembly and ends: what a block does dies with it. */
import { text } from 'node:stream/consumers';
import { PGlite } from '@electric-sql/pglite';
import type { RunWish, ServerRun } from '#src/community/contract/runs.ts';
import { asWritten } from '#src/community/contract/shown-rows.ts';
import { refusalOf, runOf, shortVersion } from '#src/community/server/runs/rules.ts';

const wish = JSON.parse(await text(process.stdin)) as RunWish;
const db = await PGlite.create();
db.parsers = new Proxy({}, { get: () => asWritten });
// From here on the time of the order counts.
process.stdout.write('\n');
const run = await runIn(db);
process.stdout.write(JSON.stringify(run), () => process.exit(0));

async function runIn(db: PGlite): Promise<ServerRun> {
  const told = await db.query<{ server_version: string }>('show server_version');
  const version = shortVersion(told.rows[0]?.server_version ?? '');
  try {
    await db.exec(`set timezone = 'UTC'; ${wish.setup}`);
    const answers = await db.exec(wish.code, { rowMode: 'array' });
    return runOf(version, answers as unknown as Parameters<typeof runOf>[1]);
  } catch (error) {
    return refusalOf(version, error);
  }
}
