import { sql } from 'kysely';
import { EditSeries } from '#src/community/contract/series.ts';
import { seriesText } from '#src/community/contract/series.text.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { indexDocument } from '../search/index-document.ts';

/** Gives a series of the member who acts another title, description or order. Refuses an order that is not of exactly its articles. */
export async function editSeries(ctx: Context, id: number, given: EditSeries): Promise<void> {
  const wish = EditSeries.parse(given);
  const member = await requireWriter(ctx);
  // not audited: a series is its author's own, and what it holds stays.
  await inTransaction(ctx, async (tx) => {
    const own = await tx.db
      .updateTable('community.series')
      .set({ title: wish.title, about: wish.about })
      .where('id', '=', id)
      .where('author_id', '=', member.id)
      .returning('id')
      .executeTakeFirst();
    if (!own) throw new AppError('not_found', seriesText.noSuchSeries);
    await indexDocument(tx, 'series', id);
    if (wish.order === undefined) return;
    const parts = await tx.db
      .selectFrom('community.post')
      .select('id')
      .where('series_id', '=', id)
      .forUpdate()
      .execute();
    const order = new Set(wish.order);
    if (order.size !== parts.length || parts.some((part) => !order.has(part.id)))
      throw new AppError('conflict', seriesText.changedMeanwhile);
    await sql`update community.post p set series_position = o.position
      from unnest(${wish.order}::bigint[]) with ordinality as o (id, position)
      where p.id = o.id and p.series_id = ${id}`.execute(tx.db);
  });
}
