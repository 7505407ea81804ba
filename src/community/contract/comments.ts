import { z } from 'zod';
import { prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { PostId, PostState } from './posts.ts';
import { WishId } from './wishes.ts';

const CommentWords = prose(4000).refine((text) => text.trim() !== '', 'must not be empty');

/** Below exactly one of a post and a wish. */
export const WriteComment = z
  .object({ post: PostId.optional(), wish: WishId.optional(), markdown: CommentWords })
  .refine(({ post, wish }) => (post === undefined) !== (wish === undefined), {
    message: 'must name either a post or a wish',
    path: ['post'],
  });
export type WriteComment = z.input<typeof WriteComment>;

export const EditComment = z.object({ markdown: CommentWords });
export type EditComment = z.infer<typeof EditComment>;

/** A comment as it was kept: its number, and whether others see it already. */
export const WrittenComment = z.object({ id: z.number().int(), state: PostState });
export type WrittenComment = z.infer<typeof WrittenComment>;

/** A comment for who answers it or changes it: where it stands, and its words for whoever wrote it. */
export const CommentSource = z.object({
  id: z.number().int(),
  /** Below what it stands: the other is null. */
  post: z.number().int().nullable(),
  wish: z.number().int().nullable(),
  title: z.string().max(200),
  /** The page on which it stands. */
  path: z.string().max(1000),
  author: MemberCard,
  html: z.string().max(40_000),
  markdown: z.string().max(4000).nullable(),
});
export type CommentSource = z.infer<typeof CommentSource>;
