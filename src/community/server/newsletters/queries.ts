import { sql } from 'kysely';
import { editionPath } from '#src/community/contract/addresses.ts';
import type {
  Edition,
  EditionEntry,
  EditionSummary,
  ListEditions,
} from '#src/community/contract/newsletters.ts';
import { newsletterText } from '#src/community/contract/newsletters.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';

const week = sql<string>`e.week::text`.as('week');

/** Editions that were sent, the newest first. */
export async function listEditions({ db }: Context, query: ListEditions): Promise<Page<EditionSummary>> {
  const before = readNumberCursor(query.cursor);
  const rows = await db
    .selectFrom('community.newsletter_edition as e')
    .select(['e.id', 'e.locale', week])
    .select([
      sql<number>`(select count(*)::integer from community.newsletter_entry n where n.edition_id = e.id)`.as(
        'count',
      ),
      sql<number>`(select count(*)::integer from community.newsletter_correction c where c.edition_id = e.id)`.as(
        'corrections',
      ),
    ])
    .$if(query.locale !== undefined, (q) => q.where('e.locale', '=', query.locale!))
    .$if(before !== undefined, (q) => q.where('e.id', '<', before!))
    .orderBy('e.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null };
}

/** An edition as it was sent, with what was put right since. */
export async function getEdition(ctx: Context, id: number): Promise<Edition> {
  const { db, locale } = ctx;
  const edition = await db
    .selectFrom('community.newsletter_edition as e')
    .select(['e.id', 'e.locale', week, 'e.sent_at'])
    .where('e.id', '=', id)
    .executeTakeFirst();
  if (!edition) throw new AppError('not_found', newsletterText.noSuch);
  const [entries, corrections, mayCorrect] = await Promise.all([
    listEntries(db, id, locale),
    db
      .selectFrom('community.newsletter_correction as c')
      .innerJoin('community.member as m', 'm.id', 'c.author_id')
      .select(['c.id', 'c.html', 'c.at', ...cardColumns])
      .where('c.edition_id', '=', id)
      .orderBy('c.id')
      .execute(),
    mayAsStaff(ctx, 'community.post.edit'),
  ]);
  return {
    id: edition.id,
    locale: edition.locale,
    week: edition.week,
    sentAt: edition.sent_at.toISOString(),
    entries,
    corrections: corrections.map((one) => ({
      id: one.id,
      html: one.html,
      author: cardOf(one, locale),
      at: one.at.toISOString(),
    })),
    mayCorrect: ctx.actor.kind === 'user' && mayCorrect,
  };
}

/** What an edition tells of, in its order and its words; of a post that is no longer public only that it was there. */
export async function listEntries(db: Db, editionId: number, locale: Locale): Promise<EditionEntry[]> {
  const rows = await db
    .selectFrom('community.newsletter_entry as n')
    .innerJoin('community.post as p', 'p.id', 'n.post_id')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(['n.position', 'n.title', 'n.excerpt', 'n.industries', 'n.for_roles'])
    .select(['p.id', 'p.kind', 'p.slug', 'p.state', 'p.locale', ...cardColumns])
    .where('n.edition_id', '=', editionId)
    .orderBy('n.position')
    .execute();
  return rows.map((row) => ({
    position: row.position,
    industries: row.industries as EditionEntry['industries'],
    roles: row.for_roles as EditionEntry['roles'],
    post:
      row.state !== 'published' || row.kind === 'answer'
        ? null
        : {
            id: row.id,
            kind: row.kind,
            slug: row.slug,
            title: row.title,
            excerpt: row.excerpt,
            locale: row.locale,
            author: cardOf(row, locale),
          },
  }));
}

/** What was put right about earlier editions in a language since the last one before this, as a mail says it. */
export async function listNewCorrections(
  db: Db,
  edition: { id: number; locale: Locale },
  publicUrl: string,
): Promise<string[]> {
  const { rows } = await sql<{ editionId: number; week: string; markdown: string }>`
    select e.id as "editionId", e.week::text as week, c.markdown
    from community.newsletter_correction c join community.newsletter_edition e on e.id = c.edition_id
    where e.locale = ${edition.locale} and e.id < ${edition.id}
      and c.at <= (select sent_at from community.newsletter_edition where id = ${edition.id})
      and c.at > (select max(b.sent_at) from community.newsletter_edition b
        where b.locale = ${edition.locale} and b.id < ${edition.id})
    order by c.id limit 20`.execute(db);
  return rows.map(
    ({ editionId, week: day, markdown }) =>
      `${newsletterText.corrected(day, publicUrl + editionPath(editionId))[edition.locale]}\n${markdown}`,
  );
}
