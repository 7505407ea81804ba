import { chapterText } from '#src/community/contract/chapters.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { findChapter } from './queries.ts';

/** Locks the row of a chapter in the caller's transaction, so that its members change one after the other. */
export async function lockChapter(tx: Context, slug: string): Promise<void> {
  await tx.db
    .selectFrom('community.chapter')
    .select('id')
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirst();
}

/** The member who acts and the chapter they lead, its row locked in the caller's transaction. */
export async function requireLeader(tx: Context, slug: string) {
  const member = await requireWriter(tx);
  await lockChapter(tx, slug);
  const chapter = await findChapter(tx, slug);
  if (!chapter) throw new AppError('not_found', chapterText.noSuch);
  if (!chapter.isLeader) throw new AppError('forbidden', chapterText.notLeader);
  return { member, chapter: chapter.row };
}
