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
import { maySee, readerOf } from '../wishes/lock-wish.ts';
import { pageOf, type Place } from './rules.ts';

/** What comments stand below, as they see it. */
export type Commented = Place & {
  title: string;
  authorId: string;
  /** Of an answer: who asked. */
  askerId: string | null;
  /** A wish that nobody sees whom it does not name. */
  isPrivate: boolean;
};

/**
 * What takes comments: a public post, or a wish that the actor may see and that is part of no other. Undefined for one that is
 * not public, answers what is not, or waits.
 */
export const findCommented = (
  ctx: Context,
  { postId, wishId }: Pick<Place, 'postId' | 'wishId'>,
): Promise<Commented | undefined> =>
  wishId !== null
    ? findWish(ctx, wishId)
    : postId !== null
      ? findPost(ctx.db, postId)
      : Promise.resolve(undefined);

async function findPost(db: Db, postId: number): Promise<Commented | undefined> {
  const post = await db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select([
      'p.kind',
      'p.author_id as authorId',
      'p.title',
      'p.slug',
      'q.id as parentId',
      'q.state as questionState',
      'q.title as questionTitle',
      'q.author_id as askerId',
    ])
    .where('p.id', '=', postId)
    .where('p.state', '=', 'published')
    .executeTakeFirst();
  if (!post || (post.questionState !== null && post.questionState !== 'published')) return undefined;
  const { questionTitle, questionState: _, ...rest } = post;
  return { ...rest, postId, wishId: null, title: post.title ?? questionTitle ?? '', isPrivate: false };
}

async function findWish(ctx: Context, wishId: number): Promise<Commented | undefined> {
  const wish = await ctx.db
    .selectFrom('community.wish as w')
    .select(['w.title', 'w.slug', 'w.author_id as authorId', 'w.is_private as isPrivate'])
    .where('w.id', '=', wishId)
    .where('w.state', 'not in', ['pending', 'duplicate'])
    .where(maySee(await readerOf(ctx)))
    .executeTakeFirst();
  return wish && { ...wish, kind: 'wish', postId: null, wishId, parentId: null, askerId: null };
}

/** The comments below an article or a wish, as `reader` may see them. */
export async function listComments(
  ctx: Context,
  { postId, wishId }: Pick<Place, 'postId' | 'wishId'>,
  reader: Pick<OwnMember, 'id'> | undefined,
): Promise<Comment[]> {
  const rows =
    wishId === null
      ? await selectThread.comments(ctx.db, { id: postId ?? 0 })
      : await selectThread.wishComments(ctx.db, { id: wishId });
  const isSeen = (row: (typeof rows)[number]) => row.state === 'published' || row.authorId === reader?.id;
  // Asked only when it can matter: nearly everything is published.
  const seesAll = !rows.every(isSeen) && (await mayAsStaff(ctx, 'community.post.moderate'));
  const seen = seesAll ? rows : rows.filter(isSeen);
  return seen.map((row) => commentOf(row, reader, ctx.locale));
}

/** A comment for who answers it or, when it is theirs, changes it. Others' comments are found while they may read them. */
export async function getCommentSource(ctx: Context, reader: OwnMember, id: number): Promise<CommentSource> {
  const row = await ctx.db
    .selectFrom('community.comment as c')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .select(cardColumns)
    .select(['c.post_id as postId', 'c.wish_id as wishId', 'c.author_id as authorId', 'c.state'])
    .select(['c.markdown', 'c.html'])
    .where('c.id', '=', id)
    .where('c.state', 'in', ['published', 'pending'])
    .executeTakeFirst();
  const isMine = row?.authorId === reader.id;
  const place = row && (isMine || row.state === 'published') ? await findCommented(ctx, row) : undefined;
  if (!row || !place) throw new AppError('not_found', questionText.noSuchComment);
  return {
    id,
    post: place.postId,
    wish: place.wishId,
    title: place.title,
    path: pageOf(place),
    author: cardOf(row, ctx.locale),
    html: row.html,
    markdown: isMine ? row.markdown : null,
  };
}
