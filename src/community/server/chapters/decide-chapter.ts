import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { chapterText } from '#src/community/contract/chapters.text.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requireSignedIn, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findReader } from '../organisations/queries.ts';
import { indexDocument } from '../search/index-document.ts';
import { findApproval, findChapter } from './queries.ts';

/**
 * Shows a chapter to everybody, or with a reason refuses it: one on a campus by those who approve these, too. Never by those
 * who lead it, and once.
 */
export async function decideChapter(ctx: Context, slug: string, reason: string | null): Promise<void> {
  requireSignedIn(ctx);
  if ((await findApproval(ctx)) === null) throw new AppError('forbidden', communityText.notStaff);
  await inTransaction(ctx, async (tx) => {
    const chapter = await findChapter(tx, slug);
    if (!chapter) throw new AppError('not_found', chapterText.noSuch);
    if (!chapter.mayApprove) throw new AppError('forbidden', chapterText.campusOnly);
    if (chapter.isLeader) throw new AppError('conflict', chapterText.ownChapter);
    const decider = await findReader(tx);
    const decided = await tx.db
      .updateTable('community.chapter')
      .set({
        state: reason === null ? 'approved' : 'refused',
        refused_reason: reason,
        decided_by: decider?.id ?? null,
        decided_at: sql<Date>`now()`,
      })
      .where('id', '=', chapter.row.id)
      .where('state', '=', 'pending')
      .returning('id')
      .executeTakeFirst();
    if (!decided) throw new AppError('conflict', organisationText.notWaiting);
    await indexDocument(tx, 'chapter', decided.id);
    const leaders = await tx.db
      .selectFrom('community.chapter_member')
      .select('member_id')
      .where('chapter_id', '=', chapter.row.id)
      .where('is_leader', '=', true)
      .execute();
    for (const { member_id } of leaders)
      await notifyMember(tx, {
        memberId: member_id,
        kind: reason === null ? 'chapter-approved' : 'chapter-refused',
        key: `chapter-decided:${randomUUID()}`,
        actorId: decider?.id ?? null,
        payload: {
          href: `/chapters/${slug}`,
          title: chapter.row.name,
          words:
            reason === null ? organisationNoticeText.chapterApproved : organisationNoticeText.chapterRefused,
          ...(reason !== null && { excerpt: reason.slice(0, 300) }),
        },
      });
    await audit(tx, 'community.chapter.decide', chapter.row.id, { slug, reason });
  });
}
