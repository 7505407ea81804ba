import { EditArticle, type WrittenArticle } from '#src/community/contract/articles.ts';
import { articleText } from '#src/community/contract/articles.text.ts';
import { caseStudyText } from '#src/community/contract/case-studies.text.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { askCustomer, keepCaseStudy } from '../case-studies/keep-case-study.ts';
import { forgetDraft } from '../drafts/save-draft.ts';
import { requireWriter } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { revisePost } from '../posts/revise-post.ts';
import { joinSeries } from '../series/join-series.ts';

/** Gives an article new words as its next revision: by its author, or by staff, which is audited. Refuses to write over words the editor has not seen. */
export async function editArticle(ctx: Context, id: number, given: EditArticle): Promise<WrittenArticle> {
  const wish = EditArticle.parse(given);
  const editor = await requireWriter(ctx);
  return inTransaction(ctx, async (tx) => {
    const post = await tx.db
      .selectFrom('community.post')
      .select(['author_id as authorId', 'state', 'revision'])
      .where('id', '=', id)
      .where('kind', '=', 'article')
      .forUpdate()
      .executeTakeFirst();
    const isAuthor = post?.authorId === editor.id;
    if (!post || post.state === 'removed' || (!isAuthor && post.state !== 'published'))
      throw new AppError('not_found', postText.noSuchPost);
    if (!isAuthor) {
      await requireStaff(tx, 'community.post.edit');
      await audit(tx, 'community.post.edit', String(id), { revision: post.revision + 1, note: wish.note });
    }
    if (post.revision !== wish.revision) throw new AppError('conflict', articleText.changedMeanwhile);
    const { title, markdown } = wish;
    const isCase =
      (await tx.db
        .selectFrom('community.case_study')
        .select('post_id')
        .where('post_id', '=', id)
        .executeTakeFirst()) !== undefined;
    if (wish.caseStudy !== null && !isCase) throw new AppError('conflict', caseStudyText.isNone);
    const verdict = await judgeWriting(tx, editor, { kind: 'article', title, markdown, isEdit: true });
    await revisePost(tx, editor, id, {
      title,
      markdown,
      tags: wish.tags,
      note: wish.note,
    });
    if (isCase) {
      const needsReview = verdict === 'pending';
      // What makes it a case study is its author's to say; whoever changes its words, its customer is asked again.
      if (isAuthor && wish.caseStudy !== null)
        await keepCaseStudy(
          tx,
          { id, authorId: editor.id, revision: post.revision + 1, needsReview },
          wish.caseStudy,
        );
      else {
        if (needsReview)
          await tx.db
            .updateTable('community.case_study')
            .set({ needs_review: true })
            .where('post_id', '=', id)
            .execute();
        await askCustomer(tx, id);
      }
    } else if (verdict === 'pending' && post.state === 'published') await unpublishPost(tx, id, 'pending');
    // Whose series an article is in is the author's own business.
    if (isAuthor) await joinSeries(tx, { id, authorId: editor.id }, wish.series);
    await forgetDraft(tx, editor, `post-${id}`);
    return tx.db
      .updateTable('community.post')
      .set({
        locale: wish.locale,
        origin: wish.origin,
        source_url: wish.sourceUrl,
        source_author: wish.sourceAuthor,
        licence: wish.licence,
        media: wish.media === null ? null : JSON.stringify(wish.media),
        industries: [...new Set(wish.industries)],
        for_roles: [...new Set(wish.roles)],
      })
      .where('id', '=', id)
      .returning(['id', 'slug', 'state', 'revision'])
      .executeTakeFirstOrThrow();
  });
}
