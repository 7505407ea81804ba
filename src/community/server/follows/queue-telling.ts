import { type RawBuilder, sql } from 'kysely';
import { addJob } from '#src/platform/server/jobs.ts';

/** What is told to who follows a question, an article or a wish. */
export type News = 'answer' | 'accepted' | 'comment';

/**
 * For the statement that makes the news: puts the job that tells who follows a post or wish on the queue, and is null when
 * nobody does. `id` is that of the answer or comment, `actorId` who accepted it.
 */
export const queueTelling = (
  followed: { kind: 'post' | 'wish'; id: RawBuilder<unknown> },
  news: { what: News; id: RawBuilder<unknown>; actorId?: string },
): RawBuilder<number | null> =>
  sql<number | null>`case when exists (select from community.follow f
      where f.kind = ${followed.kind} and f.key = (${followed.id})::bigint::text)
    then (${addJob('community.tell-followers', payloadOf(news))}).id end`;

const payloadOf = ({ what, id, actorId }: { what: News; id: RawBuilder<unknown>; actorId?: string }) =>
  sql`json_build_object('what', ${what}::text, 'id', (${id})::bigint${
    actorId === undefined ? sql`` : sql`, 'actorId', ${actorId}::text`
  })`;
