import { chapterText } from '#src/community/contract/chapters.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { refuseLast } from './leave-chapter.ts';
import { requireLeader } from './require-leader.ts';

/**
 * Makes a member of a chapter one of those who lead it, or an ordinary member again. Only for those who lead it; the last
 * one stays.
 */
export async function appointLeader(
  ctx: Context,
  slug: string,
  handle: string,
  isLeader: boolean,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { chapter } = await requireLeader(tx, slug);
    const other = await tx.db
      .selectFrom('community.chapter_member as cm')
      .innerJoin('community.member as m', 'm.id', 'cm.member_id')
      .select(['cm.member_id', 'cm.is_leader'])
      .where('cm.chapter_id', '=', chapter.id)
      .where('m.handle', '=', handle)
      .executeTakeFirst();
    if (!other) throw new AppError('not_found', chapterText.notMember(handle));
    if (other.is_leader === isLeader) return;
    if (!isLeader) await refuseLast(tx, chapter.id);
    await tx.db
      .updateTable('community.chapter_member')
      .set({ is_leader: isLeader })
      .where('chapter_id', '=', chapter.id)
      .where('member_id', '=', other.member_id)
      .execute();
    await audit(tx, 'community.chapter.appoint', chapter.id, { handle, isLeader });
  });
}
