import { AskQuestion, type Posted } from '#src/community/contract/questions.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireWriter } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';

/** Publishes a question. Refuses tags that the member may not use or make. */
export async function askQuestion(ctx: Context, given: AskQuestion): Promise<Posted> {
  const member = await requireWriter(ctx);
  const { title, markdown, tags, locale } = AskQuestion.parse(given);
  // not audited: the post and its revisions are the trace
  return inTransaction(ctx, async (tx) => {
    const state = 'published';
    const id = await insertPost(tx, member, {
      kind: 'question',
      title,
      markdown,
      tags,
      locale: locale ?? tx.locale,
      state,
    });
    return { id, state };
  });
}
