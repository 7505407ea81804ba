import { AdviseWish } from '#src/community/contract/wishes.ts';
import { wishAdviceText } from '#src/community/contract/wish-advice.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { indexDocument } from '../search/index-document.ts';
import { lockWish } from './lock-wish.ts';
import { tellConcerned } from './tell-voters.ts';

/**
 * Says what serves until a wish comes true, and what helps whoever builds it; its author and voters are told the first time.
 * For those who look after wishes.
 */
export async function adviseWish(ctx: Context, id: number, given: AdviseWish): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const { alternatives, hints } = AdviseWish.parse(given);
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage: true });
    if (wish.alternatives === alternatives && wish.hints === hints) return;
    await tx.db.updateTable('community.wish').set({ alternatives, hints }).where('id', '=', id).execute();
    await indexDocument(tx, 'wish', id);
    const excerpt = alternatives.trim() || hints.trim();
    if (excerpt !== '' && wish.state !== 'pending')
      await tellConcerned(tx, wish, {
        key: 'advice',
        actorId: member.id,
        words: wishAdviceText.told,
        excerpt,
      });
    await audit(tx, 'community.wish.advise', String(id), { alternatives, hints });
  });
}
