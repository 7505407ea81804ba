import { EditChapter } from '#src/community/contract/chapters.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { indexDocument } from '../search/index-document.ts';
import { columnsOf } from './found-chapter.ts';
import { requireLeader } from './require-leader.ts';

/** Gives the page of a chapter other words. Only for those who lead it; one that was refused waits again. */
export async function editChapter(ctx: Context, slug: string, given: EditChapter): Promise<void> {
  const wish = EditChapter.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: what the chapter says of itself
    const { chapter } = await requireLeader(tx, slug);
    await tx.db
      .updateTable('community.chapter')
      .set({
        ...(await columnsOf(tx, wish)),
        ...(chapter.state === 'refused' && { state: 'pending' as const, refused_reason: null }),
      })
      .where('id', '=', chapter.id)
      .execute();
    await indexDocument(tx, 'chapter', chapter.id);
  });
}
