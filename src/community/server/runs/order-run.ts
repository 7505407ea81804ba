import type { Writing } from '#src/community/contract/runs.ts';
import type { Db } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';

/** Has the blocks of a writing run, in the caller's transaction; one writing after another, so that other work goes on meanwhile. */
export async function orderRun(db: Db, { kind, id }: Writing): Promise<void> {
  await enqueue(db, 'community.run-blocks', { kind, id }, { key: `run:${kind}:${id}`, queue: 'run-blocks' });
}
