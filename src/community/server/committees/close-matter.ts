import { sql } from 'kysely';
import type { CloseMatter } from '#src/community/contract/committees.ts';
import { committeeNoticeText, committeeText } from '#src/community/contract/committees.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { requireSeat } from './require-seat.ts';

/** Closes a matter with an answer, which its filer is told. Only for those with a seat, and once. */
export async function closeMatter(
  ctx: Context,
  slug: string,
  matterId: number,
  { outcome, answer }: CloseMatter,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { committee, reader } = await requireSeat(tx, slug);
    const closed = await tx.db
      .updateTable('community.committee_matter')
      .set({ state: outcome, answer, closed_by: reader?.id ?? null, closed_at: sql<Date>`now()` })
      .where('id', '=', matterId)
      .where('committee_id', '=', committee.id)
      .where('state', '=', 'open')
      .returning(['filed_by', 'title'])
      .executeTakeFirst();
    if (!closed) throw new AppError('not_found', committeeText.noSuchMatter);
    await notifyMember(tx, {
      memberId: closed.filed_by,
      kind: 'matter',
      key: `matter-closed:${matterId}`,
      actorId: reader?.id ?? null,
      payload: {
        href: `/committees/${slug}/queue`,
        title: closed.title,
        excerpt: answer.slice(0, 300),
        words: outcome === 'done' ? committeeNoticeText.matterDone : committeeNoticeText.matterDeclined,
      },
    });
    await audit(tx, 'community.committee.close-matter', String(matterId), { committee: slug, outcome });
  });
}
