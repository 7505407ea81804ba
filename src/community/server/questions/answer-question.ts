import { sql } from 'kysely';
import { AnswerQuestion, type Posted } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { memberOf } from '../members/queries.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { insertPost } from '../posts/insert-post.ts';
import { hasSuggestion } from '../suggestions/has-suggestion.ts';
import { tellingOf } from '../notifications/notify-member.ts';
import { noticeOfAnswer, tellMentionedInAnswer } from './tell-of-answer.ts';

/** Publishes an answer to a question, or keeps it for a reviewer; refuses one to a question that is closed. */
export async function answerQuestion(
  ctx: Context,
  questionId: number,
  given: AnswerQuestion,
): Promise<Posted> {
  // Before the transaction, so that both are read in one write.
  const [member, question] = await Promise.all([requireWriter(ctx), findOpen(ctx, questionId)]);
  const { markdown } = AnswerQuestion.parse(given);
  // not audited: the post and its revisions are the trace
  return inTransaction(ctx, async (tx) => {
    const state = await judgeWriting(tx, member, { kind: 'answer', markdown });
    const id = await insertPost(
      tx,
      member,
      {
        kind: 'answer',
        parentId: questionId,
        markdown,
        locale: question.locale,
        state,
        isAssisted: question.isAssisted,
      },
      (answerId) => tellingOf(tx.db, noticeOfAnswer(question, { id: answerId, authorId: member.id })),
    );
    if (state === 'published')
      await tellMentionedInAnswer(tx, question, { id, authorId: member.id, markdown });
    return { id, state };
  });
}

const selectPublic = prepareQuery((db: Db, { id, accountId }: { id: number; accountId: string | null }) =>
  db
    .selectFrom('community.post')
    .select(['id', 'locale', 'title', 'author_id as askerId', 'closed_at as closedAt'])
    .select(hasSuggestion(sql.ref('community.post.id'), memberOf(accountId)).as('isAssisted'))
    .where('id', '=', id)
    .where('kind', '=', 'question')
    .where('state', '=', 'published'),
);

async function findOpen({ db, actor }: Context, questionId: number) {
  const [question] = await selectPublic(db, { id: questionId, accountId: actor.id });
  if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
  if (question.closedAt !== null) throw new AppError('conflict', questionText.isClosed);
  return question;
}
