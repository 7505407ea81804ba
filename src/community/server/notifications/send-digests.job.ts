import { sql } from 'kysely';
import { z } from 'zod';
import { postPath } from '#src/community/contract/addresses.ts';
import { noticeMailText as text } from '#src/community/contract/notifications.text.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { findReader, mailNotices, mailReader } from './mail-notices.ts';

const batch = 200;
const bestOfWeek = 10;

/**
 * Every hour: summaries to those for whom a day or a week has passed, and the week's best to those who asked for it. Each
 * member is one transaction with the mail, its marks and the time of the next one: a crash repeats nothing.
 */
export const sendDigests = defineJob(
  'community.send-digests',
  z.object({}),
  async ({ db, config }) => {
    const ctx = systemContext(db, noOrg);
    for (;;) {
      const ids = await listDue(db);
      for (const id of ids)
        await inTransaction(ctx, async (tx) => {
          if (await takeTurn(tx, id, 'digest_at')) await mailNotices(tx, config, id, 'digest');
        });
      if (ids.length < batch) break;
    }
    const best = new Map<string, string[]>();
    for (;;) {
      const ids = await listNewsletterDue(db);
      for (const id of ids)
        await inTransaction(ctx, async (tx) => {
          if (!(await takeTurn(tx, id, 'newsletter_at'))) return;
          const reader = await findReader(tx, id);
          if (!reader) return;
          let lines = best.get(reader.locale);
          if (lines === undefined) {
            lines = await listBest(tx, reader.locale, config.publicUrl);
            best.set(reader.locale, lines);
          }
          if (lines.length === 0) return;
          await mailReader(
            tx,
            config,
            { ...reader, memberId: id },
            {
              subject: text.subjectBest[reader.locale],
              lines: [text.best[reader.locale], ...lines],
              what: 'newsletter',
            },
          );
        });
      if (ids.length < batch) break;
    }
  },
  { schedule: '7 * * * *' },
);

const daysOf = sql`case coalesce(s.digest, 'weekly') when 'daily' then 1 else 7 end`;

/** Members with something to sum up whose last summary is long enough ago; the first comes a day or a week after its oldest part. */
async function listDue(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select n.member_id as id from community.notification n
    left join community.notification_setting s on s.member_id = n.member_id
    where n.mail = 'digest' and n.mailed_at is null
    group by n.member_id, s.digest, s.digest_at
    having coalesce(s.digest_at, min(n.at)) <= now() - make_interval(days => ${daysOf}) + interval '5 minutes'
    limit ${batch}`.execute(db);
  return rows.map(({ id }) => id);
}

async function listNewsletterDue(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select member_id as id from community.notification_setting
    where newsletter and mails and bounced_at is null
      and coalesce(newsletter_at, '-infinity') <= now() - interval '7 days' + interval '5 minutes'
    limit ${batch}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Notes the turn; of two workers at once one takes it. */
async function takeTurn(
  tx: Context,
  memberId: string,
  which: 'digest_at' | 'newsletter_at',
): Promise<boolean> {
  const column = sql.ref(which);
  const { rows } = await sql`
    insert into community.notification_setting as s (member_id, ${column}) values (${memberId}, now())
    on conflict (member_id) do update set ${column} = now()
      where coalesce(s.${column}, '-infinity') < now() - interval '12 hours'
    returning member_id`.execute(tx.db);
  return rows.length > 0;
}

/** What was published in the week and is most useful in the eyes of others, in the reader's language first. */
async function listBest({ db }: Context, locale: string, publicUrl: string): Promise<string[]> {
  const rows = await db
    .selectFrom('community.post')
    .select(['id', 'kind', 'slug', 'title', 'excerpt', 'parent_id as parentId'])
    .where('state', '=', 'published')
    .where('kind', '<>', 'answer')
    .where('published_at', '>', sql<Date>`now() - interval '7 days'`)
    .orderBy(sql`locale = ${locale}`, 'desc')
    .orderBy('score', 'desc')
    .orderBy('id', 'desc')
    .limit(bestOfWeek)
    .execute();
  return rows.map((post) =>
    [post.title ?? '', post.excerpt, `${publicUrl}${postPath(post)}`].filter((one) => one !== '').join('\n'),
  );
}
