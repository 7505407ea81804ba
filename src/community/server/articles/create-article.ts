import { WriteArticle, type WrittenArticle } from '#src/community/contract/articles.ts';
import { articleText } from '#src/community/contract/articles.text.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { keepCaseStudy } from '../case-studies/keep-case-study.ts';
import { forgetDraft } from '../drafts/save-draft.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { restorePoints } from '../points/withdraw-points.ts';
import { insertPost } from '../posts/insert-post.ts';
import { joinSeries } from '../series/join-series.ts';

/**
 * Publishes an article of the member who acts, now or at the time it says; one that a reviewer must see waits, and a case
 * study waits for its customer. Refuses a time that has passed.
 */
export async function createArticle(ctx: Context, given: WriteArticle): Promise<WrittenArticle> {
  const wish = WriteArticle.parse(given);
  const author = await requireWriter(ctx);
  const publishAt = wish.publishAt === null ? undefined : new Date(wish.publishAt);
  if (publishAt !== undefined && publishAt.getTime() <= Date.now())
    throw new AppError('conflict', articleText.timeHasPassed);
  // not audited: the revisions are the trace.
  return inTransaction(ctx, async (tx) => {
    const { title, markdown } = wish;
    const verdict = await judgeWriting(tx, author, { kind: 'article', title, markdown });
    const id = await insertPost(tx, author, {
      kind: 'article',
      title,
      markdown,
      tags: wish.tags,
      locale: wish.locale,
      // What waits for a reviewer keeps its time: approved before it, it comes out at once.
      state:
        wish.caseStudy !== null
          ? 'draft'
          : verdict === 'pending' || publishAt === undefined
            ? verdict
            : 'scheduled',
      ...(publishAt && { publishAt }),
    });
    if (wish.series !== null) await joinSeries(tx, { id, authorId: author.id }, wish.series);
    await forgetDraft(tx, author, 'article');
    const written = await tx.db
      .updateTable('community.post')
      .set({
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
    if (wish.caseStudy !== null)
      await keepCaseStudy(
        tx,
        { id, authorId: author.id, revision: written.revision, needsReview: verdict === 'pending' },
        wish.caseStudy,
      );
    if (written.state === 'published') await restorePoints(tx, id);
    return written;
  });
}
