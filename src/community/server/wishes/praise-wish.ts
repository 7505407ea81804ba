import { sql } from 'kysely';
import { wishNoticeText, wishText } from '#src/community/contract/wishes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { giveCoupon, withdrawCoupon } from '../rewards/give-coupon.ts';
import { indexDocument } from '../search/index-document.ts';
import { lockWish } from './lock-wish.ts';

/**
 * Finds a public wish excellent, which brings its author points and a coupon for goods, or takes all back. For those who look after wishes.
 * Refuses private ones, whose praise would tell of them, those that wait, and one's own.
 */
export async function praiseWish(ctx: Context, id: number, isExcellent: boolean): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage: true });
    if ((wish.excellent_at !== null) === isExcellent) return;
    if (isExcellent && (wish.is_private || wish.state === 'pending' || wish.state === 'duplicate'))
      throw new AppError('conflict', wishText.notToPraise);
    if (isExcellent && wish.author_id === member.id) throw new AppError('conflict', wishText.ownPraise);
    await tx.db
      .updateTable('community.wish')
      .set({
        excellent_at: isExcellent ? sql<Date>`now()` : null,
        excellent_by: isExcellent ? member.id : null,
      })
      .where('id', '=', id)
      .execute();
    await indexDocument(tx, 'wish', id);
    const cause = { memberId: wish.author_id, cause: 'excellent-wish', key: String(id) };
    if (isExcellent) {
      // The coupon before the member, as whoever redeems it locks them.
      await giveCoupon(tx, cause);
      await awardPoints(tx, cause);
      await notifyMember(tx, {
        memberId: wish.author_id,
        kind: 'wish',
        key: `wish:${id}:excellent`,
        actorId: member.id,
        payload: { href: `/wishes/${id}`, title: wish.title, words: wishNoticeText.excellent },
      });
    } else {
      await withdrawCoupon(tx, cause);
      await reversePoints(tx, cause);
    }
    await audit(tx, 'community.wish.praise', String(id), { isExcellent });
  });
}
