import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findNews } from './find-news.ts';
import { listUntold } from './queries.ts';

/** As many members as are told in one transaction. */
const atOnce = 200;

/**
 * Tells who follows a question of a new or accepted answer, and who follows a post or wish of a comment. Begun again it goes
 * on where it was: whoever was told of the event, as a follower or otherwise, is told no more.
 */
export const tellFollowers = defineJob(
  'community.tell-followers',
  z.object({
    what: z.enum(['answer', 'accepted', 'comment']),
    id: z.number().int(),
    actorId: z.uuid().optional(),
  }),
  async ({ db }, { what, id, actorId }) => {
    const news = await findNews(db, what, id, actorId);
    if (!news) return;
    const { key, payload } = news;
    for (let last: string | undefined; ;) {
      const followers = await listUntold(db, news, last, atOnce);
      await inTransaction(systemContext(db, noOrg), async (tx) => {
        // open to: the event
        // not audited: the notices are the trace
        for (const memberId of followers)
          await notifyMember(tx, { memberId, kind: 'followed', key, actorId: news.actorId, payload });
      });
      last = followers.at(-1);
      if (followers.length < atOnce) return;
    }
  },
);
