import { z } from 'zod';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { prose } from '#src/platform/contract/text.ts';
import { PostSummary, TagName } from './posts.ts';

export const TagSummary = z.object({
  name: z.string().max(40),
  about: z.string().max(1000),
  postCount: z.number().int(),
  isReserved: z.boolean(),
});
export type TagSummary = z.infer<typeof TagSummary>;

export const ListTags = z.object({
  /** The beginning of a name, or of another name of it. */
  q: z.string().trim().toLowerCase().max(40).optional(),
  sort: z.enum(['popular', 'name']).default('popular'),
  cursor: PageQuery.shape.cursor,
  limit: z.coerce.number().int().min(1).max(100).default(60),
});
export type ListTags = z.infer<typeof ListTags>;

export const TagQuery = z.object({
  kind: z.enum(['article', 'question']).optional(),
  cursor: PageQuery.shape.cursor,
});
export type TagQuery = z.infer<typeof TagQuery>;

/** A tag with the posts about it. `name` may be another one than was asked for: then that was a synonym. */
export const TagPage = TagSummary.extend({
  synonyms: z.array(z.string().max(40)),
  related: z.array(z.string().max(40)),
  posts: page(PostSummary),
  mayManage: z.boolean(),
});
export type TagPage = z.infer<typeof TagPage>;

export const EditTag = z.object({
  about: prose(1000).transform((text) => text.trim()),
  isReserved: z.boolean(),
});
export type EditTag = z.input<typeof EditTag>;

export const NewSynonym = z.object({ name: TagName });
