import { sql } from 'kysely';
import { DecideClaim } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findSubject } from '../moderation/find-subject.ts';
import { auditAction } from '../moderation/audit-action.ts';
import { requireNeutral } from '../moderation/require-neutral.ts';
import { showWriting } from '../moderation/show-writing.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Decides about a claim of copyright: the post goes, which can be undone, or stays. Refuses a conflict of interest, also with the claimant. */
export async function decideClaim(ctx: Context, given: DecideClaim): Promise<void> {
  const wish = DecideClaim.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const moderator = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const claim = await tx.db
      .selectFrom('community.takedown as t')
      .innerJoin('community.member as m', 'm.id', 't.claimant_id')
      .select(['t.id', 't.post_id', 'm.handle'])
      .where('t.id', '=', wish.takedown)
      .where('t.state', 'in', ['open', 'answered'])
      .forUpdate('t')
      .executeTakeFirst();
    if (!claim) throw new AppError('not_found', reviewText.noSuchClaim);
    await requireNeutral(tx, moderator.id, await findSubject(tx, `post:${claim.post_id}`));
    await requireNeutral(tx, moderator.id, await findSubject(tx, `member:${claim.handle}`));
    if (wish.verdict === 'remove') await removeForClaim(tx, claim.id, moderator.id, wish.reason);
    else await keepDespiteClaim(tx, claim.id, moderator.id, wish.reason);
    await audit(tx, 'community.takedown.decide', String(claim.id), { verdict: wish.verdict });
  });
}

/** Takes a post away because of a claim, in the caller's transaction, which has locked it; by nobody when its day has come. */
export async function removeForClaim(
  tx: Context,
  claimId: number,
  moderatorId: string | null,
  reason: string,
): Promise<void> {
  const { post_id: postId, claimant_id: claimantId } = await getClaim(tx, claimId);
  const post = await findSubject(tx, `post:${postId}`);
  await showWriting(tx, post, 'removed');
  const action = await auditAction(tx, {
    kind: 'takedown',
    actorId: moderatorId,
    memberId: post.authorId,
    postId,
    reason,
    before: { state: { from: post.state, to: 'removed' } },
  });
  await endClaim(tx, claimId, { state: 'removed', actionId: action, moderatorId, reason });
  for (const memberId of [post.authorId, claimantId]) {
    await notifyMember(tx, {
      memberId,
      kind: 'takedown',
      key: `takedown:${claimId}:removed`,
      payload: { href: '/moderation/mine', title: post.title, what: 'removed', reason },
    });
  }
}

async function keepDespiteClaim(tx: Context, claimId: number, moderatorId: string, reason: string) {
  const { post_id: postId, claimant_id: claimantId } = await getClaim(tx, claimId);
  const post = await findSubject(tx, `post:${postId}`);
  await endClaim(tx, claimId, { state: 'refused', actionId: null, moderatorId, reason });
  for (const memberId of [post.authorId, claimantId]) {
    await notifyMember(tx, {
      memberId,
      kind: 'takedown',
      key: `takedown:${claimId}:refused`,
      payload: { href: post.href, title: post.title, what: 'refused', reason },
    });
  }
}

const getClaim = (tx: Context, id: number) =>
  tx.db
    .selectFrom('community.takedown')
    .select(['post_id', 'claimant_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

async function endClaim(
  tx: Context,
  id: number,
  end: { state: 'removed' | 'refused'; actionId: number | null; moderatorId: string | null; reason: string },
): Promise<void> {
  await tx.db
    .updateTable('community.takedown')
    .set({
      state: end.state,
      action_id: end.actionId,
      decided_by: end.moderatorId,
      decided_at: sql<Date>`now()`,
      decision: end.reason,
    })
    .where('id', '=', id)
    .execute();
}
