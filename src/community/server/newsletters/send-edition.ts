import { sql } from 'kysely';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { mondayOf } from './rules.ts';

const entriesAtMost = 30;

/**
 * Writes the edition of this week in a language, from what was published in the seven days before its Monday: once, however
 * often and by however many this is asked. A week in which nothing was published has none.
 */
export async function sendEdition(ctx: Context, locale: Locale, moment: Date): Promise<void> {
  const week = mondayOf(moment);
  const published = sql`
    from community.post where state = 'published' and kind <> 'answer'
      and published_at >= (${week}::date - 7)::timestamp at time zone 'UTC'
      and published_at < ${week}::date::timestamp at time zone 'UTC'`;
  // open to: the schedule
  // not audited: the edition itself is the trace
  await inTransaction(ctx, async ({ db }) => {
    const { rows } = await sql<{ id: number }>`
      insert into community.newsletter_edition (locale, week)
      select ${locale}, ${week}::date where exists (select ${published})
      on conflict (locale, week) do nothing returning id`.execute(db);
    const [edition] = rows;
    if (!edition) return;
    await sql`
      insert into community.newsletter_entry (edition_id, position, post_id, title, excerpt, industries, for_roles)
      select ${edition.id}, row_number() over (order by (locale = ${locale}) desc, score desc, id desc),
        id, title, excerpt, industries, for_roles ${published}
      order by 2 limit ${entriesAtMost}`.execute(db);
  });
}
