import { livingStates, VoteForCustomer, WishTerms } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findSetting } from '../settings/queries.ts';
import { weightOf } from './rules.ts';
import { lockWish } from './lock-wish.ts';

/** Records the vote of a customer who is no member, with what shows it; marked so wherever it counts. Once a customer and wish. */
export async function voteForCustomer(ctx: Context, id: number, given: VoteForCustomer): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const { customer, evidence, strength } = VoteForCustomer.parse(given);
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage: true });
    if (!livingStates.some((state) => state === wish.state))
      throw new AppError('conflict', wishText.isClosed);
    const terms = await findSetting(tx.db, 'wishes', WishTerms);
    const voter = { trustLevel: 0, isAtOrganisation: false, tier: 0, isVerifiedUse: true };
    const weight = weightOf(strength, voter, terms);
    const made = await tx.db
      .insertInto('community.wish_proxy_vote')
      .values({ wish_id: id, recorded_by: member.id, customer, evidence, strength, weight })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', wishText.customerVoted(customer));
    await audit(tx, 'community.wish.vote-for-customer', String(id), { customer, strength });
  });
}
