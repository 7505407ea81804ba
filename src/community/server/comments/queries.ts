import type { Db } from '#src/platform/server/db.ts';

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
