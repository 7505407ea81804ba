import { sql } from 'kysely';
import { AnswerQuestion, type Posted } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';

/** Publishes an answer to a question; refuses one that is closed. */
export async function answerQuestion(
  ctx: Context,
  questionId: number,
  given: AnswerQuestion,
): Promise<Posted> {
  const member = await requireWriter(ctx);
  const { markdown } = AnswerQuestion.parse(given);
  // not audited: the post and its revisions are the trace
  return inTransaction(ctx, async (tx) => {
    const state = 'published';
    // Looks, counts and locks in one statement: this path is walked hundreds of times a second.
    const question = await tx.db
      .updateTable('community.post')
      .set({ answer_count: sql<number>`answer_count + 1`, active_at: sql<Date>`now()` })
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('state', '=', 'published')
      .where('closed_at', 'is', null)
      .returning(['locale'])
      .executeTakeFirst();
    if (!question) throw await whyNot(tx, questionId);
    const { locale } = question;
    const id = await insertPost(tx, member, { kind: 'answer', parentId: questionId, markdown, locale, state });
    return { id, state };
  });
}

async function whyNot(tx: Context, questionId: number): Promise<AppError> {
  const closed = await tx.db
    .selectFrom('community.post')
    .select('id')
    .where('id', '=', questionId)
    .where('kind', '=', 'question')
    .where('state', '=', 'published')
    .executeTakeFirst();
  return closed
    ? new AppError('conflict', questionText.isClosed)
    : new AppError('not_found', questionText.noSuchQuestion);
}
