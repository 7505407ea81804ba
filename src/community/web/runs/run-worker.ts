import { PGlite } from '@electric-sql/pglite';
import type { RunOutcome } from '#src/community/contract/runs.ts';
import { asWritten, showError, showRows } from '#src/community/contract/shown-rows.ts';

/** What the page asks: everything begins in an empty database, and ends with this worker. */
export type RunOrder = { setup: string; code: string };
/** What it is told: first that PostgreSQL is there, at last what came out, and whether the set-up refused. */
export type RunNews = { state: 'running' } | { state: 'done'; outcome: RunOutcome; isSetup: boolean };

const tell = (news: RunNews) => postMessage(news);

addEventListener('message', ({ data }: MessageEvent<RunOrder>) => void run(data));

async function run({ setup, code }: RunOrder): Promise<void> {
  const db = await PGlite.create();
  tell({ state: 'running' });
  const refused = await db.exec(`set timezone = 'UTC'; ${setup}`).then(
    () => undefined,
    (error: unknown) => showError(error),
  );
  const outcome = refused ?? (await outcomeOf(db, code).catch((error: unknown) => showError(error)));
  tell({ state: 'done', outcome, isSetup: refused !== undefined });
}

async function outcomeOf(db: PGlite, code: string): Promise<RunOutcome> {
  db.parsers = new Proxy({}, { get: () => asWritten });
  const results = await db.exec(code, { rowMode: 'array' });
  const last = results.findLast(({ fields }) => fields.length > 0);
  if (!last) return showRows([], []);
  const rows = last.rows as unknown as (string | null)[][];
  return showRows(
    last.fields.map(({ name }) => name),
    rows,
  );
}
