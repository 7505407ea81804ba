import { chapterText } from '#src/community/contract/chapters.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { findChapter } from './queries.ts';
import { lockChapter } from './require-leader.ts';

/** Leaves a chapter; the last one who leads it stays. */
export async function leaveChapter(ctx: Context, slug: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: membership is the member's own
    const member = await requireMember(tx);
    await lockChapter(tx, slug);
    const chapter = await findChapter(tx, slug);
    if (!chapter) throw new AppError('not_found', chapterText.noSuch);
    if (!chapter.isMember) return;
    if (chapter.isLeader) await refuseLast(tx, chapter.row.id);
    await tx.db
      .deleteFrom('community.chapter_member')
      .where('chapter_id', '=', chapter.row.id)
      .where('member_id', '=', member.id)
      .execute();
  });
}

/** Refuses to take away the last one who leads a chapter, whose row the caller has locked. */
export async function refuseLast(tx: Context, chapterId: string): Promise<void> {
  const { count } = await tx.db
    .selectFrom('community.chapter_member')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('chapter_id', '=', chapterId)
    .where('is_leader', '=', true)
    .executeTakeFirstOrThrow();
  if (count <= 1) throw new AppError('conflict', chapterText.lastLeader);
}
