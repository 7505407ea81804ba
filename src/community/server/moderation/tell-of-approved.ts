import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { findCommented } from '../comments/queries.ts';
import { tellingOfComment, tellOfComment } from '../comments/tell-of-comment.ts';
import { queueTelling } from '../follows/queue-telling.ts';
import { tellOfAnswer } from '../questions/tell-of-answer.ts';
import type { Subject } from './find-subject.ts';

/**
 * Tells of an answer or comment that waited for a reviewer whom it would have been told had it been shown at once, in the
 * transaction that shows it. Of other posts a fact tells.
 */
export async function tellOfApproved(tx: Context, subject: Subject): Promise<void> {
  const { commentId, postId, authorId, markdown } = subject;
  if (commentId !== null) await ofComment(tx, { id: commentId, authorId, markdown });
  else if (subject.kind === 'answer' && postId !== null)
    await ofAnswer(tx, { id: postId, authorId, markdown });
}

type Writing = { id: number; authorId: string; markdown: string };

async function ofComment(tx: Context, comment: Writing): Promise<void> {
  const { postId, wishId } = await tx.db
    .selectFrom('community.comment')
    .select(['post_id as postId', 'wish_id as wishId'])
    .where('id', '=', comment.id)
    .executeTakeFirstOrThrow();
  const place = await findCommented(tx, { postId, wishId });
  if (!place) return;
  await tellOfComment(tx, place, comment);
  await sql`select ${tellingOfComment(place, sql`${comment.id}`)}`.execute(tx.db);
}

async function ofAnswer(tx: Context, answer: Writing): Promise<void> {
  const question = await tx.db
    .selectFrom('community.post as a')
    .innerJoin('community.post as q', 'q.id', 'a.parent_id')
    .select(['q.id', 'q.title', 'q.author_id as askerId'])
    .where('a.id', '=', answer.id)
    .where('a.state', '=', 'published')
    .where('q.state', '=', 'published')
    .executeTakeFirst();
  if (!question) return;
  await tellOfAnswer(tx, question, answer);
  const telling = queueTelling(
    { kind: 'post', id: sql`${question.id}` },
    { what: 'answer', id: sql`${answer.id}` },
  );
  await sql`select ${telling}`.execute(tx.db);
}
