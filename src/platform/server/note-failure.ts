import type { Kysely } from 'kysely';
import { inTransaction, noOrg, systemContext } from './context.ts';
import type { DB } from './db.ts';
import { stateFact } from './events.ts';

const againMs = 60_000;
const pathsAtMost = 1000;
const noted = new Map<string, number>();

/** States that a request ended in an error that nobody foresaw, once a minute for each kind of request. */
export async function noteFailure(db: Kysely<DB>, method: string, path: string): Promise<void> {
  const kind = path.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}').slice(0, 200);
  const key = `${method} ${kind}`;
  const now = Date.now();
  if (now - (noted.get(key) ?? -againMs) < againMs) return;
  if (noted.size >= pathsAtMost) noted.clear();
  noted.set(key, now);
  await inTransaction(systemContext(db, noOrg), (tx) =>
    stateFact(tx, 'platform.request-failed', null, { method, path: kind }),
  );
}
