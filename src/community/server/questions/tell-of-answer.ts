import type { Context } from '#src/platform/server/context.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { notifyMember } from '../notifications/notify-member.ts';

/** Tells who asked, and the members that an answer calls by name, in the transaction that shows it; each of them once. */
export async function tellOfAnswer(
  tx: Context,
  question: { id: number; askerId: string; title: string | null },
  answer: { id: number; authorId: string; markdown: string },
): Promise<void> {
  const { id, authorId: actorId, markdown } = answer;
  const payload = {
    href: `/questions/${question.id}#answer-${id}`,
    title: question.title ?? '',
    postId: id,
  };
  await notifyMember(tx, {
    memberId: question.askerId,
    kind: 'answer',
    key: `answer:${id}`,
    actorId,
    payload,
  });
  await notifyMentioned(tx, { actorId, markdown, place: `post:${id}`, payload });
}
