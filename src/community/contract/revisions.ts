import { z } from 'zod';
import { MemberCard } from './members.ts';
import { PostKind } from './posts.ts';

/** One saved state of a post. */
export const RevisionSummary = z.object({
  number: z.number().int(),
  editor: MemberCard,
  note: z.string().max(200),
  at: z.string().max(40),
});
export type RevisionSummary = z.infer<typeof RevisionSummary>;

/** A piece of two texts laid on one another; `gap` stands for much that did not change. */
export const DiffPart = z.object({ kind: z.enum(['same', 'added', 'removed', 'gap']), text: z.string() });
export type DiffPart = z.infer<typeof DiffPart>;

/** What one text changed of another, field by field; a field that says the same has no parts. */
export const Difference = z.object({
  title: z.array(DiffPart),
  tags: z.array(DiffPart),
  markdown: z.array(DiffPart),
});
export type Difference = z.infer<typeof Difference>;

export const RevisionQuery = z.object({
  /** The revision to be shown; the last one when it is left out. */
  number: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** The one it is compared with; the one before when it is left out. */
  from: z.coerce.number().int().min(1).max(1_000_000).optional(),
});
export type RevisionQuery = z.infer<typeof RevisionQuery>;

/** The history of a post, and what one revision changed. */
export const History = Difference.extend({
  post: z.object({
    id: z.number().int(),
    kind: PostKind,
    parentId: z.number().int().nullable(),
    title: z.string().max(200),
    slug: z.string().max(120),
  }),
  revisions: z.array(RevisionSummary),
  shown: z.number().int(),
  from: z.number().int().nullable(),
});
export type History = z.infer<typeof History>;
