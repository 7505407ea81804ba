import type { CommentSource } from '#src/community/contract/comments.ts';
import type { Comment } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, type OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { commentOf } from '../threads/queries.ts';
import { selectThread } from '../threads/select-thread.ts';
import { pageOf } from './rules.ts';

/** A public post as its comments see it; undefined for one that is not public, or answers what is not. */
export async function findCommented(db: Db, postId: number) {
  const post = await db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select([
      'p.id',
      'p.kind',
      'p.author_id as authorId',
      'p.title',
      'p.slug',
      'q.id as questionId',
      'q.state as questionState',
      'q.title as questionTitle',
      'q.author_id as askerId',
    ])
    .where('p.id', '=', postId)
    .where('p.state', '=', 'published')
    .executeTakeFirst();
  return post && (post.questionState === null || post.questionState === 'published') ? post : undefined;
}

export type CommentedPost = NonNullable<Awaited<ReturnType<typeof findCommented>>>;

/** The comments below an article, as `reader` may see them. */
export async function listComments(
  ctx: Context,
  postId: number,
  reader: OwnMember | undefined,
): Promise<Comment[]> {
  const rows = await selectThread.comments(ctx.db, { id: postId });
  const isSeen = (row: (typeof rows)[number]) => row.state === 'published' || row.authorId === reader?.id;
  // Asked only when it can matter: nearly everything is published.
  const seesAll = !rows.every(isSeen) && (await mayAsStaff(ctx, 'community.post.moderate'));
  const seen = seesAll ? rows : rows.filter(isSeen);
  return seen.map((row) => commentOf(row, reader, ctx.locale));
}

/** A comment for who answers it or, when it is theirs, changes it. Others' comments are found while they are public. */
export async function getCommentSource(ctx: Context, reader: OwnMember, id: number): Promise<CommentSource> {
  const row = await ctx.db
    .selectFrom('community.comment as c')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .select(cardColumns)
    .select(['c.post_id as postId', 'c.author_id as authorId', 'c.state', 'c.markdown', 'c.html'])
    .where('c.id', '=', id)
    .where('c.state', 'in', ['published', 'pending'])
    .executeTakeFirst();
  const isMine = row?.authorId === reader.id;
  const post =
    row && (isMine || row.state === 'published') ? await findCommented(ctx.db, row.postId) : undefined;
  if (!row || !post) throw new AppError('not_found', questionText.noSuchComment);
  return {
    id,
    post: post.id,
    title: post.title ?? post.questionTitle ?? '',
    path: pageOf(post),
    author: cardOf(row, ctx.locale),
    html: row.html,
    markdown: isMine ? row.markdown : null,
  };
}
