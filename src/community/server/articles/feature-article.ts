import { sql } from 'kysely';
import { articleText } from '#src/community/contract/articles.text.ts';
import { postPath } from '#src/community/contract/addresses.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { indexPost } from '../search/index-post.ts';

/**
 * Puts a public article among the featured ones; its author gets the points for it once, however often this is asked.
 * Nobody features what they wrote themselves, or what was written where they work.
 */
export async function featureArticle(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.post.feature');
  const editor = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const article = await lockArticle(tx, id);
    const isOwn =
      article.authorId === editor.id ||
      (article.organisationId !== null &&
        (await tx.db
          .selectFrom('community.employment')
          .select('id')
          .where('member_id', '=', editor.id)
          .where('organisation_id', '=', article.organisationId)
          .where(sql<boolean>`period @> current_date`)
          .executeTakeFirst()) !== undefined);
    if (isOwn) throw new AppError('conflict', articleText.notYourOwn);
    if (article.featuredAt !== null) return;
    await tx.db
      .updateTable('community.post')
      .set({ featured_at: sql<Date>`now()`, featured_by: editor.id })
      .where('id', '=', id)
      .execute();
    await awardPoints(tx, {
      memberId: article.authorId,
      cause: 'featured',
      key: String(id),
      postId: id,
      actorId: editor.id,
    });
    await notifyMember(tx, {
      memberId: article.authorId,
      kind: 'featured',
      key: `featured:${id}`,
      actorId: editor.id,
      payload: { postId: id, title: article.title ?? '', href: postPath({ kind: 'article', ...article }) },
    });
    await indexPost(tx, id);
    await audit(tx, 'community.post.feature', String(id), { title: article.title ?? '' });
  });
}

/** Takes an article out of the featured ones, and the points for it back. */
export async function unfeatureArticle(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.post.feature');
  await inTransaction(ctx, async (tx) => {
    const article = await lockArticle(tx, id);
    if (article.featuredAt === null) return;
    await tx.db
      .updateTable('community.post')
      .set({ featured_at: null, featured_by: null })
      .where('id', '=', id)
      .execute();
    await reversePoints(tx, { memberId: article.authorId, cause: 'featured', key: String(id) });
    await indexPost(tx, id);
    await audit(tx, 'community.post.unfeature', String(id), { title: article.title ?? '' });
  });
}

async function lockArticle(tx: Context, id: number) {
  const article = await tx.db
    .selectFrom('community.post')
    .select([
      'id',
      'slug',
      'title',
      'author_id as authorId',
      'organisation_id as organisationId',
      'featured_at as featuredAt',
    ])
    .where('id', '=', id)
    .where('kind', '=', 'article')
    .where('state', '=', 'published')
    .forUpdate()
    .executeTakeFirst();
  if (!article) throw new AppError('not_found', postText.noSuchPost);
  return article;
}
