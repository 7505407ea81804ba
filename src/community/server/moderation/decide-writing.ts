import { sql } from 'kysely';
import { DecideWriting, type Decision } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { blankProfile } from './blank-profile.ts';
import { decideEdit } from '../edits/decide-edit.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { hashOfText, moderationOf } from './judge-writing.ts';
import { auditAction, type Before } from './audit-action.ts';
import { requireNeutral } from './require-neutral.ts';
import { restrict } from './restrict-member.ts';
import { showWriting } from './show-writing.ts';
import { tellOfApproved } from './tell-of-approved.ts';

/**
 * Decides about a writing that waits or is flagged, a flagged profile, or a suggested edit. Where the community wants several
 * reviewers, an approval waits until enough distinct ones gave it. Refuses what nobody has to decide any more, and reviewers
 * who would decide about themselves, a colleague or their employer.
 */
export async function decideWriting(ctx: Context, given: DecideWriting): Promise<Decision> {
  const wish = DecideWriting.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const reviewer = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => {
    const subject = await findSubject(tx, wish.subject);
    const decision = await decide(tx, reviewer, subject, wish);
    if (decision.outcome === 'declined' && wish.suspendDays !== undefined) {
      await requireStaff(tx, 'community.member.moderate');
      await restrict(tx, reviewer, {
        memberId: subject.authorId,
        kind: 'suspend',
        days: wish.suspendDays,
        reason: wish.reason || reviewText.brokeRules[ctx.locale],
      });
    }
    return decision;
  });
}

/** The decision itself, in the caller's transaction, which has locked what it is about. */
export async function decide(
  tx: Context,
  reviewer: OwnMember,
  subject: Subject,
  wish: Pick<ReturnType<typeof DecideWriting.parse>, 'verdict' | 'reason' | 'isSpam'>,
): Promise<Decision> {
  const flags = await openFlags(tx, subject);
  const waits = subject.state === 'pending';
  if (!waits && flags.length === 0) throw new AppError('conflict', reviewText.nothingToDecide);
  await requireNeutral(tx, reviewer.id, subject);
  const { settings } = await moderationOf(tx);
  const needed = subject.type === 'edit' ? settings.editReviewersNeeded : settings.reviewersNeeded;
  if (waits && wish.verdict === 'approve' && needed > 1) {
    const approvals = await addVote(tx, subject.name, reviewer.id, wish.reason);
    if (approvals < needed) return { outcome: 'waiting', action: null };
  }
  await tx.db.deleteFrom('community.review_vote').where('subject', '=', subject.name).execute();
  await endFlags(tx, flags, wish.verdict === 'approve' ? 'declined' : 'agreed');
  const done = { outcome: wish.verdict === 'approve' ? ('approved' as const) : ('declined' as const) };
  if (subject.type === 'edit') return { ...done, action: await decideEdit(tx, reviewer, subject, wish) };
  const before: Before = { flags };
  const to = wish.verdict === 'approve' ? 'published' : 'removed';
  if (subject.type === 'member') {
    if (wish.verdict === 'decline') before.member = await blankProfile(tx, subject.authorId);
  } else {
    before.state = { from: subject.state, to };
    await showWriting(tx, subject, to);
    if (waits && wish.verdict === 'approve') await tellOfApproved(tx, subject);
    if (wish.verdict === 'decline' && wish.isSpam) before.declinedText = await rememberText(tx, subject);
  }
  const action = await auditAction(tx, {
    kind: wish.verdict,
    actorId: reviewer.id,
    memberId: subject.authorId,
    postId: subject.commentId === null ? subject.postId : null,
    commentId: subject.commentId,
    reason: wish.reason,
    before,
  });
  // Of what stays as it was, its author need not hear that somebody complained.
  if (waits || wish.verdict === 'decline' || subject.state === 'hidden')
    await tellAuthor(tx, subject, action, wish.verdict, wish.reason);
  return { ...done, action };
}

async function openFlags(tx: Context, subject: Subject): Promise<number[]> {
  if (subject.type === 'edit') return [];
  const rows = await tx.db
    .selectFrom('community.flag')
    .select('id')
    .where('state', '=', 'open')
    .where((eb) =>
      subject.type === 'comment'
        ? eb('comment_id', '=', subject.commentId)
        : subject.type === 'post'
          ? eb('post_id', '=', subject.postId)
          : eb('profile_id', '=', subject.authorId),
    )
    .execute();
  return rows.map(({ id }) => id);
}

async function endFlags(tx: Context, ids: readonly number[], state: 'agreed' | 'declined'): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .updateTable('community.flag')
    .set({ state, decided_at: sql<Date>`now()` })
    .where('id', 'in', [...ids])
    .execute();
}

/** Adds one approval; the same reviewer approves once. Answers how many there are. */
async function addVote(tx: Context, subject: string, reviewerId: string, note: string): Promise<number> {
  await tx.db
    .insertInto('community.review_vote')
    .values({ subject, reviewer_id: reviewerId, verdict: 'approve', note })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const { count } = await tx.db
    .selectFrom('community.review_vote')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow();
  return count;
}

async function rememberText(tx: Context, { kind, title, markdown }: Subject): Promise<string> {
  // Answers and comments were judged without a title of their own.
  const hasTitle = kind === 'article' || kind === 'question';
  const hash = hashOfText(`${hasTitle ? title : ''}\n${markdown}`);
  await tx.db
    .insertInto('community.declined_text')
    .values({ hash })
    .onConflict((oc) => oc.doNothing())
    .execute();
  return hash.toString('hex');
}

async function tellAuthor(
  tx: Context,
  subject: Subject,
  action: number,
  verdict: 'approve' | 'decline',
  reason: string,
): Promise<void> {
  await notifyMember(tx, {
    memberId: subject.authorId,
    kind: 'moderation',
    key: `moderation:${action}`,
    payload: {
      href: verdict === 'approve' ? subject.href : '/moderation/mine',
      title: subject.title,
      what: verdict === 'approve' ? 'approved' : 'declined',
      reason,
    },
  });
}
