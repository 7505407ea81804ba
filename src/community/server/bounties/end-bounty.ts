import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { transferPoints, reversePoints } from '../points/change-points.ts';
import { lockMembers } from '../points/lock-members.ts';

/** A bounty that nobody else ends meanwhile, in the caller's transaction. */
export const lockBounty = (tx: Context, bountyId: number) =>
  tx.db.selectFrom('community.bounty').selectAll().where('id', '=', bountyId).forUpdate().executeTakeFirst();

export type LockedBounty = NonNullable<Awaited<ReturnType<typeof lockBounty>>>;

/** Gives an open bounty to the author of an answer, or without one back, in the caller's transaction, which has locked it. */
export async function endBounty(
  tx: Context,
  bounty: LockedBounty,
  answer: { id: number; authorId: string } | undefined,
): Promise<void> {
  await tx.db
    .updateTable('community.bounty')
    .set({
      state: answer ? 'paid' : 'returned',
      answer_id: answer?.id ?? null,
      ended_at: sql<Date>`now()`,
    })
    .where('id', '=', bounty.id)
    .execute();
  const key = String(bounty.id);
  await lockMembers(tx, [bounty.offered_by, ...(answer ? [answer.authorId] : [])]);
  if (answer)
    await transferPoints(tx, {
      memberId: answer.authorId,
      contra: 'bounties',
      spendable: bounty.amount,
      cause: 'bounty-won',
      key,
      postId: answer.id,
    });
  else await reversePoints(tx, { memberId: bounty.offered_by, cause: 'bounty-offered', key });
  await notifyMember(tx, {
    memberId: answer?.authorId ?? bounty.offered_by,
    kind: 'bounty',
    key: `bounty:${bounty.id}`,
    actorId: answer ? bounty.offered_by : null,
    payload: {
      href: `/questions/${bounty.question_id}${answer ? `#answer-${answer.id}` : ''}`,
      postId: answer?.id ?? bounty.question_id,
      amount: bounty.amount,
      what: answer ? 'won' : 'returned',
    },
  });
}
