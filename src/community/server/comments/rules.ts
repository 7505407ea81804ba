import { postPath } from '#src/community/contract/addresses.ts';
import type { PostKind } from '#src/community/contract/posts.ts';

/** Where the comments of a post are read: those of an answer stand on the page of its question. */
export const pageOf = (post: {
  kind: PostKind;
  id: number;
  slug: string;
  questionId: number | null;
}): string => (post.kind === 'answer' ? `/questions/${post.questionId}` : postPath(post));
