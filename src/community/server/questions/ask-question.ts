import { AskQuestion, type Posted } from '#src/community/contract/questions.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { forgetDraft } from '../drafts/save-draft.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { insertPost } from '../posts/insert-post.ts';

/** Publishes a question, or keeps it for a reviewer. Refuses tags that the member may not use or make. */
export async function askQuestion(ctx: Context, given: AskQuestion): Promise<Posted> {
  const member = await requireWriter(ctx);
  const { title, markdown, tags, locale } = AskQuestion.parse(given);
  // not audited: the post and its revisions are the trace
  return inTransaction(ctx, async (tx) => {
    const state = await judgeWriting(tx, member, { kind: 'question', title, markdown });
    const id = await insertPost(tx, member, {
      kind: 'question',
      title,
      markdown,
      tags,
      locale: locale ?? tx.locale,
      state,
    });
    await forgetDraft(tx, member, 'question');
    return { id, state };
  });
}
