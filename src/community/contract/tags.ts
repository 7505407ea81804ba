import { z } from 'zod';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { prose } from '#src/platform/contract/text.ts';
import { PostSummary, TagName } from './posts.ts';
import { Privileges } from './privileges.ts';

const privilegeNames = Privileges.keyof().options;

/** Nothing, once, twice. */
export const tagWeights = [0, 1, 2] as const;
const TagWeight = z.union([z.literal(0), z.literal(1), z.literal(2)]);

export const TagSummary = z.object({
  name: z.string().max(40),
  about: z.string().max(1000),
  postCount: z.number().int(),
  isReserved: z.boolean(),
  /** What it makes of the reputation that its posts bring; null says nothing. */
  weight: TagWeight.nullable(),
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
  mayWeigh: z.boolean(),
});
export type TagPage = z.infer<typeof TagPage>;

export const EditTag = z.object({
  about: prose(1000).transform((text) => text.trim()),
  isReserved: z.boolean(),
});
export type EditTag = z.input<typeof EditTag>;

export const NewSynonym = z.object({ name: TagName });

export const WeighTag = z.object({ weight: TagWeight.nullable() });
export type WeighTag = z.infer<typeof WeighTag>;

/** Whether all reputations are exact already; else a job is at it. */
export const WeighedTag = z.object({ isDone: z.boolean() });
export type WeighedTag = z.infer<typeof WeighedTag>;

/** Nothing but a number, or no weight at all. */
export const WeightQuery = z.object({
  weight: z
    .enum(['none', '0', '1', '2'])
    .default('none')
    .transform((weight) => (weight === 'none' ? null : (Number(weight) as 0 | 1 | 2))),
});

const figure = z.number().int();
/** How many members come to have something, and how many no longer have it. */
const Shift = z.object({ gain: figure, lose: figure });

/** What another weight of a tag would change. */
export const WeightPreview = z.object({
  name: z.string().max(40),
  weight: TagWeight.nullable(),
  wished: TagWeight.nullable(),
  /** Posts under the tag, answers included, of which entries count otherwise then. */
  posts: figure,
  entries: figure,
  members: figure,
  /** The sum of their reputations, before and after. */
  before: figure,
  after: figure,
  privileges: z.array(Shift.extend({ privilege: z.enum(privilegeNames) })),
  /** Members who reach a higher level, or no longer reach theirs: that one is kept for the days of grace. */
  levels: Shift,
});
export type WeightPreview = z.infer<typeof WeightPreview>;
