import { EditPost, type Posted } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { forgetDraft } from '../drafts/save-draft.ts';
import { requireWriter } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { revisePost } from '../posts/revise-post.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { findEditable } from './queries.ts';

/**
 * Gives a question or an answer other words as its next revision: one's own, or with the reputation for it anybody's; staff
 * may too, which is audited. Refuses to write over words that the editor has not seen.
 */
export async function editPost(ctx: Context, postId: number, given: EditPost): Promise<Posted> {
  const editor = await requireWriter(ctx);
  const { revision, title, tags, ...wish } = EditPost.parse(given);
  return inTransaction(ctx, async (tx) => {
    const post = await findEditable(tx.db, postId)
      .where('p.kind', 'in', ['question', 'answer'])
      .forUpdate('p')
      .executeTakeFirst();
    const isAuthor = post?.authorId === editor.id;
    if (!post || post.state === 'removed' || (!isAuthor && post.state !== 'published'))
      throw new AppError('not_found', questionText.noSuchQuestion);
    if (!isAuthor) {
      if (await mayAsStaff(tx, 'community.post.edit'))
        await audit(tx, 'community.post.edit', String(postId), { revision: revision + 1, note: wish.note });
      else await requirePrivilege(tx, editor, 'editUnreviewed');
    }
    if (post.revision !== revision) throw new AppError('conflict', questionText.changedMeanwhile);
    const isQuestion = post.kind === 'question';
    const verdict = await judgeWriting(tx, editor, {
      kind: isQuestion ? 'question' : 'answer',
      ...(isQuestion && title !== undefined && { title }),
      markdown: wish.markdown,
      isEdit: true,
    });
    await revisePost(tx, editor, postId, {
      ...wish,
      ...(isQuestion && title !== undefined && { title }),
      ...(isQuestion && tags !== undefined && { tags }),
    });
    const state = verdict === 'pending' && post.state === 'published' ? 'pending' : post.state;
    if (state !== post.state) await unpublishPost(tx, postId, 'pending');
    await forgetDraft(tx, editor, `post-${postId}`);
    return { id: postId, state };
  });
}
