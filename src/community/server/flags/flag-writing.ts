import { sql } from 'kysely';
import { type FlagKind, FlagWriting } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { localeOf } from '../notifications/queries.ts';
import { findSubject, type Subject } from '../moderation/find-subject.ts';
import { moderationOf } from '../moderation/judge-writing.ts';
import { keepPace } from '../moderation/keep-pace.ts';
import { paceOf } from '../moderation/pace.rules.ts';
import { auditAction } from '../moderation/audit-action.ts';
import { restrict } from '../moderation/restrict-member.ts';
import { flagsHide, weightOf } from '../moderation/review.rules.ts';
import { showWriting } from '../moderation/show-writing.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** How long a newcomer is silenced for whom several writings were hidden, if nobody looks sooner. */
const silencedDays = 7;

/**
 * Says that a public writing or profile is not as it should be; enough of it hides a writing until a reviewer looks. Refuses
 * own writings, a second flag on the same, and more a day than is useful.
 */
export async function flagWriting(ctx: Context, given: FlagWriting): Promise<void> {
  const wish = FlagWriting.parse(given);
  const flagger = await requireWriter(ctx);
  // not audited: the flag is the trace, and what it leads to is an action.
  await inTransaction(ctx, async (tx) => {
    const subject = await findSubject(tx, wish.subject);
    // What is not public is not there: it is said to nobody.
    if (subject.type === 'edit' || !(await isPublic(tx, subject)))
      throw new AppError('not_found', reviewText.noSuchWriting);
    if (subject.authorId === flagger.id) throw new AppError('conflict', reviewText.ownFlag);
    if (wish.kind === 'other' && wish.note.trim() === '')
      throw new AppError('conflict', reviewText.flagNeedsNote);
    const { settings } = await moderationOf(tx);
    const record = await tx.db
      .selectFrom('community.flag')
      .select([
        sql<number>`count(*) filter (where state = 'agreed')`.as('agreed'),
        sql<number>`count(*) filter (where state = 'declined')`.as('declined'),
      ])
      .where('member_id', '=', flagger.id)
      .executeTakeFirstOrThrow();
    const added = await tx.db
      .insertInto('community.flag')
      .values({
        ...columnsOf(subject),
        author_id: subject.authorId,
        member_id: flagger.id,
        kind: wish.kind,
        note: wish.note.trim(),
        weight: weightOf(flagger.trustLevel, record),
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) throw new AppError('conflict', reviewText.flaggedBefore);
    const refusal = await keepPace(tx, flagger.id, {
      counted: 'flags',
      ...paceOf('flags', flagger, settings, new Date()),
    });
    if (refusal) throw refusal;
    if (subject.type !== 'member') await hideIfEnough(tx, subject);
  });
}

const columnsOf = (subject: Subject) =>
  subject.type === 'comment'
    ? { comment_id: subject.commentId }
    : subject.type === 'post'
      ? { post_id: subject.postId }
      : { profile_id: subject.authorId };

async function isPublic(tx: Context, subject: Subject): Promise<boolean> {
  if (subject.state !== 'published') return false;
  if (subject.kind !== 'answer') return true;
  const question = await tx.db
    .selectFrom('community.post as a')
    .innerJoin('community.post as q', 'q.id', 'a.parent_id')
    .select('q.state')
    .where('a.id', '=', subject.postId)
    .executeTakeFirst();
  return question?.state === 'published';
}

/** The writing is locked: of five who flag at once the last one counts all. */
async function hideIfEnough(tx: Context, subject: Subject): Promise<void> {
  const { settings } = await moderationOf(tx);
  const flags = await tx.db
    .selectFrom('community.flag as f')
    .innerJoin('community.member as m', 'm.id', 'f.member_id')
    .select(['f.kind', 'f.weight', 'm.trust_level as flaggerLevel'])
    .where('f.state', '=', 'open')
    .where((eb) =>
      subject.type === 'comment'
        ? eb('f.comment_id', '=', subject.commentId)
        : eb('f.post_id', '=', subject.postId),
    )
    .execute();
  const counted = flags.map((flag) => ({ ...flag, kind: flag.kind as FlagKind }));
  if (!flagsHide(counted, subject.authorLevel, settings)) return;
  await showWriting(tx, subject, 'hidden');
  const action = await auditAction(tx, {
    kind: 'hide',
    actorId: null,
    memberId: subject.authorId,
    postId: subject.commentId === null ? subject.postId : null,
    commentId: subject.commentId,
    reason: '',
    before: { state: { from: 'published', to: 'hidden' } },
  });
  await notifyMember(tx, {
    memberId: subject.authorId,
    kind: 'moderation',
    key: `moderation:${action}`,
    payload: { href: '/moderation/mine', title: subject.title, what: 'hidden' },
  });
  if (
    subject.authorLevel === 0 &&
    (await countHidden(tx, subject.authorId)) >= settings.flaggedWritingsToSilence
  )
    await silence(tx, subject.authorId);
}

async function countHidden(tx: Context, memberId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from community.post where author_id = ${memberId} and state = 'hidden')
      + (select count(*) from community.comment where author_id = ${memberId} and state = 'hidden') as count`.execute(
    tx.db,
  );
  return rows[0]?.count ?? 0;
}

async function silence(tx: Context, memberId: string): Promise<void> {
  const { isSilenced } = await tx.db
    .selectFrom('community.member')
    .select(sql<boolean>`coalesce(silenced_until > now(), false)`.as('isSilenced'))
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  if (isSilenced) return;
  await restrict(tx, null, {
    memberId,
    kind: 'silence',
    days: silencedDays,
    reason: reviewText.silencedByFlags[await localeOf(tx.db, memberId)],
  });
}
