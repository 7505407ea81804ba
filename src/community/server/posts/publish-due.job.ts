import { sql, type Kysely } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { publishPost } from './publish-post.ts';

/** Every minute: what its author timed for now is published, each exactly once. Who may not write at that time waits. */
export const publishDue = defineJob(
  'community.publish-due',
  z.object({}),
  async ({ db, log }) => {
    const tried: number[] = [];
    for (;;) {
      const id = await publishNext(db, tried).catch((error: unknown) => {
        log.error({ err: error, postId: tried.at(-1) }, 'a post that was due could not be published');
        return tried.at(-1);
      });
      if (id === undefined) return;
    }
  },
  { schedule: '* * * * *' },
);

async function publishNext(db: Kysely<DB>, tried: number[]): Promise<number | undefined> {
  return inTransaction(systemContext(db, noOrg), async (tx) => {
    const due = await tx.db
      .selectFrom('community.post as p')
      .innerJoin('community.member as m', 'm.id', 'p.author_id')
      .select('p.id')
      .where('p.state', '=', 'scheduled')
      .where('p.publish_at', '<=', sql<Date>`now()`)
      .where(sql<boolean>`coalesce(m.suspended_until <= now(), true)`)
      .$if(tried.length > 0, (q) => q.where('p.id', 'not in', tried))
      .orderBy('p.publish_at')
      .limit(1)
      .forUpdate('p')
      .skipLocked()
      .executeTakeFirst();
    if (!due) return undefined;
    tried.push(due.id);
    await publishPost(tx, due.id);
    return due.id;
  });
}
