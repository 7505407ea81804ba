import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { indexDocument } from '../search/index-document.ts';

/**
 * Puts an article at the end of its author's series of this title, which begins when there is none; null takes it out of
 * the one it is in. In the caller's transaction. One that is in this series already keeps its place.
 */
export async function joinSeries(
  tx: Context,
  article: { id: number; authorId: string },
  title: string | null,
): Promise<void> {
  const before = await tx.db
    .selectFrom('community.post')
    .select('series_id as id')
    .where('id', '=', article.id)
    .executeTakeFirst();
  const after = title === null ? null : await enterSeries(tx, article, title);
  if (title === null)
    await tx.db
      .updateTable('community.post')
      .set({ series_id: null, series_position: null })
      .where('id', '=', article.id)
      .execute();
  // What held only this article is found with it.
  for (const id of new Set([before?.id, after])) if (id) await indexDocument(tx, 'series', id);
}

async function enterSeries(
  tx: Context,
  article: { id: number; authorId: string },
  title: string,
): Promise<number> {
  // One at a time for each author, so that a title begins one series and a place is given once.
  await sql`select from community.member where id = ${article.authorId} for no key update`.execute(tx.db);
  const known = await tx.db
    .selectFrom('community.series')
    .select('id')
    .where('author_id', '=', article.authorId)
    .where(sql<boolean>`lower(title) = lower(${title})`)
    .orderBy('id')
    .executeTakeFirst();
  const { id } =
    known ??
    (await tx.db
      .insertInto('community.series')
      .values({ author_id: article.authorId, title })
      .returning('id')
      .executeTakeFirstOrThrow());
  await tx.db
    .updateTable('community.post')
    .set({
      series_id: id,
      series_position: sql<number>`(select coalesce(max(o.series_position), 0) + 1 from community.post o where o.series_id = ${id})`,
    })
    .where('id', '=', article.id)
    .where(sql<boolean>`series_id is distinct from ${id}`)
    .execute();
  return id;
}
