import { sql } from 'kysely';
import { z } from 'zod';
import { editionPath, postPath } from '#src/community/contract/addresses.ts';
import { newsletterText } from '#src/community/contract/newsletters.text.ts';
import { noticeMailText as text } from '#src/community/contract/notifications.text.ts';
import { type Locale, locales } from '#src/platform/contract/i18n.ts';
import type { Config } from '#src/platform/server/config.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { findReader, mailReader } from '../notifications/mail-notices.ts';
import { listEntries, listNewCorrections } from './queries.ts';
import { chooseEntries, type Limits } from './rules.ts';
import { sendEdition } from './send-edition.ts';

const batch = 200;
const bestOfWeek = 10;

type Newest = {
  id: number;
  locale: Locale;
  entries: Awaited<ReturnType<typeof listEntries>>;
  corrections: string[];
};

/**
 * Every hour: the edition of the week in each language, once the week has begun, and a copy of it to each member who asked for
 * the newsletter and has not had it. Each member is one transaction with the mail and the mark: a crash repeats nothing.
 */
export const sendNewsletters = defineJob(
  'community.send-newsletters',
  z.object({}),
  async ({ db, config }) => {
    const ctx = systemContext(db, noOrg);
    for (const locale of locales) await sendEdition(ctx, locale, new Date());
    for (const locale of locales) {
      const newest = await findNewest(db, locale, config);
      if (!newest) continue;
      for (;;) {
        const ids = await listDue(db, newest);
        for (const id of ids) await inTransaction(ctx, (tx) => mailCopy(tx, config, id, newest));
        if (ids.length < batch) break;
      }
    }
  },
  { schedule: '11 * * * *' },
);

/** The edition that is still news: who asks for the newsletter later than a week after it waits for the next. */
async function findNewest(db: Db, locale: Locale, { publicUrl }: Config): Promise<Newest | undefined> {
  const edition = await db
    .selectFrom('community.newsletter_edition')
    .select('id')
    .where('locale', '=', locale)
    .where('sent_at', '>', sql<Date>`now() - interval '7 days'`)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!edition) return undefined;
  const { id } = edition;
  const [entries, corrections] = await Promise.all([
    listEntries(db, id, locale),
    listNewCorrections(db, { id, locale }, publicUrl),
  ]);
  return { id, locale, entries, corrections };
}

async function listDue(db: Db, { id, locale }: Newest): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.member_id as id from community.notification_setting s
    join community.member m on m.id = s.member_id join identity.account a on a.id = m.account_id
    where s.newsletter and s.mails and s.bounced_at is null and coalesce(a.locale, 'zh-CN') = ${locale}
      and coalesce(s.newsletter_at, '-infinity') < (select sent_at from community.newsletter_edition where id = ${id})
    limit ${batch}`.execute(db);
  return rows.map((row) => row.id);
}

/** Notes that a member has this edition, and mails it; of two workers at once one does. */
async function mailCopy(tx: Context, config: Config, memberId: string, newest: Newest): Promise<void> {
  const { rows } = await sql<Limits>`
    update community.notification_setting s set newsletter_at = now()
    where s.member_id = ${memberId} and s.newsletter
      and coalesce(s.newsletter_at, '-infinity') < (select sent_at from community.newsletter_edition where id = ${newest.id})
    returning s.newsletter_industries as industries, s.newsletter_roles as roles`.execute(tx.db);
  const [limits] = rows;
  const reader = limits && (await findReader(tx, memberId));
  if (!limits || !reader) return;
  const shown = newest.entries.filter(({ post }) => post !== null);
  const entries = chooseEntries(shown, limits, bestOfWeek).flatMap(({ post }) => post ?? []);
  if (entries.length === 0) return;
  const { locale } = newest;
  const lines = entries.map((post) =>
    [post.title, post.excerpt, `${config.publicUrl}${postPath(post)}`].filter((one) => one !== '').join('\n'),
  );
  await mailReader(
    tx,
    config,
    { ...reader, memberId },
    {
      subject: text.subjectBest[locale],
      lines: [
        text.best[locale],
        ...lines,
        newsletterText.whole(config.publicUrl + editionPath(newest.id))[locale],
        ...newest.corrections,
      ],
      what: 'newsletter',
    },
  );
}
