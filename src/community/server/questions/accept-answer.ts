import { sql } from 'kysely';
import { AcceptAnswer } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { queueTelling } from '../follows/queue-telling.ts';
import { requireWriter } from '../members/require-member.ts';
import type { OwnMember } from '../members/queries.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { changePoints } from '../points/change-points.ts';
import { indexPost } from '../search/index-post.ts';
import { acceptByOthersAfterDays, acceptByOthersTrustLevel, mayAcceptForOthers } from './rules.ts';

/**
 * Says which answer solved a question, or with null that none does; what it means for points goes with it. The person who
 * asked may, at any time and as often as they change their mind; an experienced member may once the question is old and
 * nothing is accepted.
 */
export async function acceptAnswer(ctx: Context, questionId: number, given: AcceptAnswer): Promise<void> {
  const member = await requireWriter(ctx);
  const { answerId } = AcceptAnswer.parse(given);
  // not audited: the question and the entries of points are the trace
  await inTransaction(ctx, async (tx) => {
    const question = await tx.db
      .selectFrom('community.post')
      .select([
        'title',
        'author_id as askerId',
        'accepted_answer_id as acceptedId',
        'published_at as askedAt',
      ])
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('state', '=', 'published')
      // Acceptances of one question come one after the other.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
    refuseOthers(member, question, answerId);
    if (question.acceptedId === answerId) return;
    const before =
      question.acceptedId === null ? undefined : await findAnswer(tx, questionId, question.acceptedId);
    const after = answerId === null ? undefined : await findAnswer(tx, questionId, answerId);
    if (answerId !== null && after?.state !== 'published')
      throw new AppError('not_found', questionText.noSuchAnswer);
    if (after?.authorId === member.id && member.id !== question.askerId)
      throw new AppError('conflict', questionText.notOwnAnswer);
    await tx.db
      .updateTable('community.post')
      .set({ accepted_answer_id: answerId, accepted_at: answerId === null ? null : sql<Date>`now()` })
      .where('id', '=', questionId)
      .$if(answerId !== null, (qb) =>
        qb.returning(
          queueTelling(
            { kind: 'post', id: sql`${questionId}` },
            { what: 'accepted', id: sql`${answerId}`, actorId: member.id },
          ).as('job'),
        ),
      )
      .execute();
    const { askerId } = question;
    const causesOf = (answer: { id: number; authorId: string }) => {
      const [postId, key] = [answer.id, `${questionId}:${answer.id}`];
      return [
        { memberId: answer.authorId, cause: 'accepted', key, postId, actorId: member.id },
        { memberId: askerId, cause: 'accepting', key, postId },
      ];
    };
    await changePoints(tx, {
      reverse: before ? causesOf(before) : [],
      // Solving one's own question is welcome, and worth no points; accepting for somebody else neither.
      award:
        after && after.authorId !== askerId
          ? causesOf(after).filter(({ memberId }) => memberId !== askerId || member.id === askerId)
          : [],
    });
    for (const id of [before?.id, after?.id, questionId]) if (id !== undefined) await indexPost(tx, id);
    if (after)
      await notifyMember(tx, {
        memberId: after.authorId,
        kind: 'accepted',
        key: `accepted:${after.id}`,
        actorId: member.id,
        payload: {
          href: `/questions/${questionId}#answer-${after.id}`,
          title: question.title ?? '',
          postId: after.id,
        },
      });
  });
}

function refuseOthers(
  member: OwnMember,
  question: { askerId: string; acceptedId: number | null; askedAt: Date | null },
  answerId: number | null,
): void {
  if (member.id === question.askerId) return;
  const askedAt = question.askedAt ?? new Date();
  if (answerId === null || member.trustLevel < acceptByOthersTrustLevel)
    throw new AppError('conflict', questionText.askerAccepts);
  if (question.acceptedId !== null) throw new AppError('conflict', questionText.alreadyAccepted);
  if (!mayAcceptForOthers(member.trustLevel, askedAt, new Date()))
    throw new AppError('conflict', questionText.acceptLater(acceptByOthersAfterDays));
}

const findAnswer = (tx: Context, questionId: number, answerId: number) =>
  tx.db
    .selectFrom('community.post')
    .select(['id', 'author_id as authorId', 'state'])
    .where('id', '=', answerId)
    .where('parent_id', '=', questionId)
    .executeTakeFirst();
