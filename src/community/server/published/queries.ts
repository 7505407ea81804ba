import { type RawBuilder, sql } from 'kysely';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { PublishedPost, PublishedQuery } from '#src/community/contract/published.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { findOrganisation } from '../organisations/queries.ts';

/** What people published for an organisation: on the days they worked there, newest first. */
export async function listOfOrganisation(
  ctx: Context,
  slug: string,
  query: PublishedQuery,
): Promise<Page<PublishedPost>> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  return listPublished(ctx, sql<boolean>`p.organisation_id = ${found.id}`, query);
}

/** What the members of a chapter publish, newest first. */
export function listOfChapter(
  ctx: Context,
  chapterId: string,
  query: PublishedQuery,
): Promise<Page<PublishedPost>> {
  const ofMembers = sql<boolean>`p.author_id in (select member_id from community.chapter_member
    where chapter_id = ${chapterId})`;
  return listPublished(ctx, ofMembers, query);
}

async function listPublished(
  ctx: Context,
  which: RawBuilder<boolean>,
  { kind, year, accepted, cursor, limit }: PublishedQuery,
): Promise<Page<PublishedPost>> {
  const [atMicros, beforeId] = (readCursor(cursor, 2) ?? []).map((value) =>
    Number.isSafeInteger(value) ? value : 0,
  );
  const from = (years: number) => sql<Date>`make_timestamptz(${years}, 1, 1, 0, 0, 0, 'UTC')`;
  const rows = await ctx.db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select(['p.id', 'p.kind', 'p.parent_id', 'p.score', 'p.published_at'])
    .select([
      sql<string>`coalesce(p.title, q.title, '')`.as('title'),
      sql<string>`coalesce(nullif(p.slug, ''), q.slug, '')`.as('slug'),
      sql<boolean>`coalesce(q.accepted_answer_id = p.id, false)`.as('isAccepted'),
      // Milliseconds would make two posts of one moment come twice or never.
      sql<number>`(extract(epoch from p.published_at) * 1000000)::int8`.as('micros'),
    ])
    .select(cardColumns)
    .where('p.state', '=', 'published')
    // An answer is read on the page of its question.
    .where((eb) => eb.or([eb('p.parent_id', 'is', null), eb('q.state', '=', 'published')]))
    .where(which)
    .$if(kind !== undefined, (q) => q.where('p.kind', '=', kind ?? 'article'))
    .$if(year !== undefined, (q) =>
      q.where('p.published_at', '>=', from(year ?? 0)).where('p.published_at', '<', from((year ?? 0) + 1)),
    )
    .$if(accepted !== undefined, (q) => q.where(sql<boolean>`q.accepted_answer_id = p.id`))
    .$if(atMicros !== undefined, (q) =>
      q.where(
        sql<boolean>`(p.published_at, p.id) < (to_timestamp(0) + ${atMicros} * interval '1 microsecond', ${beforeId})`,
      ),
    )
    .orderBy('p.published_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({
      id: row.id,
      kind: row.kind,
      parentId: row.parent_id,
      title: row.title,
      slug: row.slug,
      author: cardOf(row, ctx.locale),
      score: row.score,
      isAccepted: row.isAccepted,
      publishedAt: row.published_at?.toISOString() ?? '',
    })),
    nextCursor: rows.length > limit && last ? writeCursor([last.micros, last.id]) : null,
  };
}
