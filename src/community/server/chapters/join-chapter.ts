import { chapterText } from '#src/community/contract/chapters.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { findChapter } from './queries.ts';

/** Joins a chapter; a second time changes nothing. */
export async function joinChapter(ctx: Context, slug: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireWriter(tx);
    const chapter = await findChapter(tx, slug);
    if (chapter?.row.state !== 'approved' && !chapter?.isMember)
      throw new AppError('not_found', chapterText.noSuch);
    await tx.db
      .insertInto('community.chapter_member')
      .values({ chapter_id: chapter.row.id, member_id: member.id })
      .onConflict((oc) => oc.doNothing())
      .execute();
  });
}
