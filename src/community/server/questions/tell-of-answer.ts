import type { Context } from '#src/platform/server/context.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { notifyMember, type Notice } from '../notifications/notify-member.ts';

type Question = { id: number; askerId: string; title: string | null };
type Answer = { id: number; authorId: string; markdown: string };

/** What who asked is told of an answer. */
export const noticeOfAnswer = (question: Question, { id, authorId }: Omit<Answer, 'markdown'>): Notice => ({
  memberId: question.askerId,
  kind: 'answer',
  key: `answer:${id}`,
  actorId: authorId,
  payload: payloadOf(question, id),
});

const payloadOf = ({ id, title }: Question, answerId: number) => ({
  href: `/questions/${id}#answer-${answerId}`,
  title: title ?? '',
  postId: answerId,
});

/** Tells the members that an answer calls by name, in the transaction that shows it; each of them once. */
export const tellMentionedInAnswer = (tx: Context, question: Question, { id, authorId, markdown }: Answer) =>
  notifyMentioned(tx, {
    actorId: authorId,
    markdown,
    place: `post:${id}`,
    payload: payloadOf(question, id),
  });

/** Tells who asked, and the members that an answer calls by name, in the transaction that shows it; each of them once. */
export async function tellOfAnswer(tx: Context, question: Question, answer: Answer): Promise<void> {
  await notifyMember(tx, noticeOfAnswer(question, answer));
  await tellMentionedInAnswer(tx, question, answer);
}
