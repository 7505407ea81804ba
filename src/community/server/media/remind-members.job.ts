import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { postPath } from '#src/community/contract/addresses.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** How long before a session its people are told, each time once. */
const times = [
  { name: 'hour', before: '1 hour', column: 'told_hour_at' },
  { name: 'day', before: '1 day', column: 'told_day_at' },
] as const;
const atOnce = 500;

type Due = { postId: number; memberId: string; title: string; slug: string; startsAt: string };

/** Every few minutes: tells those who asked for it of a session that begins within a day, and within an hour. */
export const remindMembers = defineJob(
  'community.remind-members',
  z.object({}),
  async ({ db }) => {
    for (const { name, before, column } of times) {
      let told: number;
      do {
        told = await inTransaction(systemContext(db, noOrg), async (tx) => {
          // Whoever is told within the hour need not hear of the day any more.
          const { rows } = await sql<Due>`
            with due as (select r.post_id, r.member_id from community.reminder r join community.post p on p.id = r.post_id
              where p.state = 'published' and p.media ->> 'kind' = 'session' and r.told_hour_at is null
                and ${sql.ref(`r.${column}`)} is null and (p.media ->> 'startsAt')::timestamptz > now()
                and (p.media ->> 'startsAt')::timestamptz <= now() + ${before}::interval
              limit ${atOnce} for update of r skip locked)
            update community.reminder r set ${sql.ref(column)} = now()
            from due join community.post p on p.id = due.post_id
            where r.post_id = due.post_id and r.member_id = due.member_id
            returning p.id as "postId", r.member_id as "memberId", p.title, p.slug, p.media ->> 'startsAt' as "startsAt"`.execute(
            tx.db,
          );
          for (const due of rows)
            await notifyMember(tx, {
              memberId: due.memberId,
              kind: 'session',
              key: `session:${due.postId}:${name}`,
              payload: {
                postId: due.postId,
                title: due.title,
                href: postPath({ kind: 'article', id: due.postId, slug: due.slug }),
                startsAt: due.startsAt,
              },
            });
          return rows.length;
        });
      } while (told === atOnce);
    }
  },
  { schedule: '*/5 * * * *' },
);
