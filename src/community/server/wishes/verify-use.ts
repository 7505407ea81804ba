import { VerifyUse } from '#src/community/contract/wish-votes.ts';
import { wishVoteText } from '#src/community/contract/wish-votes.text.ts';
import { livingStates, type Strength, WishTerms } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { findByHandle } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findSetting } from '../settings/queries.ts';
import { findVoter } from './cast-wish-vote.ts';
import { lockWish } from './lock-wish.ts';
import { weightOf } from './rules.ts';

/**
 * Says that a member really uses what a wish is about, with what shows it: their vote for it, cast or still to come, weighs
 * more. For those who look after wishes. Refuses one's own use, and one that was verified before.
 */
export async function verifyUse(ctx: Context, id: number, given: VerifyUse): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const { member: handle, evidence } = VerifyUse.parse(given);
  const staff = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member: staff, mayManage: true });
    if (!livingStates.some((state) => state === wish.state))
      throw new AppError('conflict', wishText.isClosed);
    const member = await findByHandle(tx.db, handle);
    if (!member) throw new AppError('conflict', wishVoteText.noSuchMember(handle));
    if (member.id === staff.id) throw new AppError('conflict', wishVoteText.ownUse);
    const made = await tx.db
      .insertInto('community.wish_use')
      .values({ wish_id: id, member_id: member.id, evidence, verified_by: staff.id })
      .onConflict((oc) => oc.doNothing())
      .returning('member_id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', wishVoteText.alreadyVerified);
    const vote = await tx.db
      .selectFrom('community.wish_vote')
      .select('strength')
      .where('wish_id', '=', id)
      .where('member_id', '=', member.id)
      .executeTakeFirst();
    if (vote) {
      const terms = await findSetting(tx.db, 'wishes', WishTerms);
      const weight = weightOf(vote.strength as Strength, await findVoter(tx, member, id), terms);
      await tx.db
        .updateTable('community.wish_vote')
        .set({ weight })
        .where('wish_id', '=', id)
        .where('member_id', '=', member.id)
        .execute();
      // Who voted for what became private, or had a vote moved there, may not see it.
      if (!wish.is_private || wish.author_id === member.id)
        await notifyMember(tx, {
          memberId: member.id,
          kind: 'wish',
          key: `wish:${id}:use`,
          actorId: staff.id,
          payload: { href: `/wishes/${id}`, title: wish.title, words: wishVoteText.useVerified },
        });
    }
    await audit(tx, 'community.wish.verify-use', String(id), { member: handle });
  });
}
