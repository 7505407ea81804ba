import { sql } from 'kysely';
import { ClaimCopyright } from '#src/community/contract/moderation.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { findSubject } from '../moderation/find-subject.ts';
import { moderationOf } from '../moderation/judge-writing.ts';
import { keepPace } from '../moderation/keep-pace.ts';
import { paceOf } from '../moderation/pace.rules.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Claims that a public post copies a work; its author answers until a day, and staff decide. Without an answer the post goes. */
export async function claimCopyright(ctx: Context, given: ClaimCopyright): Promise<{ takedown: number }> {
  const wish = ClaimCopyright.parse(given);
  const claimant = await requireWriter(ctx);
  // not audited: the claim is the trace, and what it leads to is an action.
  return inTransaction(ctx, async (tx) => {
    const post = await findSubject(tx, `post:${wish.post}`);
    if (post.state !== 'published') throw new AppError('not_found', postText.noSuchPost);
    if (post.authorId === claimant.id) throw new AppError('conflict', reviewText.ownClaim);
    const { settings } = await moderationOf(tx);
    const refusal = await keepPace(tx, claimant.id, {
      counted: 'flags',
      ...paceOf('flags', claimant, settings, new Date()),
    });
    if (refusal) throw refusal;
    const row = await tx.db
      .insertInto('community.takedown')
      .values({
        post_id: wish.post,
        claimant_id: claimant.id,
        work: wish.work,
        claim: wish.claim,
        due_at: sql<Date>`now() + make_interval(days => ${settings.takedownDays})`,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', reviewText.claimedBefore);
    await notifyMember(tx, {
      memberId: post.authorId,
      kind: 'takedown',
      key: `takedown:${row.id}`,
      payload: {
        href: '/moderation/mine',
        title: post.title,
        what: 'claimed',
        days: settings.takedownDays,
      },
    });
    return { takedown: row.id };
  });
}
