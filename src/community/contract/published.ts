import { z } from 'zod';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { MemberCard } from './members.ts';
import { PostKind } from './posts.ts';

/** What people of an organisation or a chapter published, on one line. */
export const PublishedPost = z.object({
  id: z.number().int(),
  kind: PostKind,
  /** The question, for an answer. */
  parentId: z.number().int().nullable(),
  /** Of an answer, the title of its question. */
  title: z.string().max(200),
  slug: z.string().max(120),
  author: MemberCard,
  score: z.number().int(),
  isAccepted: z.boolean(),
  publishedAt: z.string().max(40),
});
export type PublishedPost = z.infer<typeof PublishedPost>;

export const PublishedQuery = PageQuery.extend({
  kind: PostKind.optional(),
  year: z.coerce.number().int().min(1990).max(2100).optional(),
  /** Only answers that were accepted. */
  accepted: z.enum(['true']).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
export type PublishedQuery = z.infer<typeof PublishedQuery>;
