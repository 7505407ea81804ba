import { postPath, wishPath } from '#src/community/contract/addresses.ts';
import type { PostKind } from '#src/community/contract/posts.ts';

/** What comments stand below, as far as its address is made of it: one of `postId` and `wishId` says which. */
export type Place = {
  kind: PostKind | 'wish';
  postId: number | null;
  wishId: number | null;
  slug: string;
  parentId: number | null;
};

/** The page on which comments are read: those of an answer stand on the page of its question. */
export function pageOf({ kind, postId, wishId, slug, parentId }: Place): string {
  if (kind === 'wish') return wishPath({ id: wishId ?? 0, slug });
  return kind === 'answer' ? `/questions/${parentId}` : postPath({ kind, id: postId ?? 0, slug });
}

/** Where one comment is read. */
export const commentPath = (place: Place, id: number): string => `${pageOf(place)}#comment-${id}`;
