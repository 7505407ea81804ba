import { z } from 'zod';
import { MemberCard } from './members.ts';
import { Conflict } from './moderation.ts';
import { Markdown, PostKind, RevisionNote, Tags, Title } from './posts.ts';
import { Difference } from './revisions.ts';

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Other words for somebody's post, made from the revision that the editor saw. */
export const SuggestEdit = z.object({
  post: id,
  revision: z.number().int().min(1).max(1_000_000),
  title: Title.optional(),
  markdown: Markdown,
  tags: Tags.optional(),
  note: RevisionNote.default(''),
});

export const SuggestedEdit = z.object({ edit: z.number().int() });
export const WithdrawEdit = z.object({ edit: id });

/** A suggested edit for its editor, for whoever wrote the post, and for reviewers: what it would change. */
export const EditToReview = z.object({
  id,
  state: z.enum(['pending', 'approved', 'declined', 'withdrawn']),
  post: z.object({ kind: PostKind, title: z.string().max(200), path: z.string().max(1000) }),
  editor: MemberCard,
  note: z.string().max(200),
  at: z.string().max(40),
  difference: Difference,
  /** The post has been changed since: the suggestion cannot be taken over any more. */
  isStale: z.boolean(),
  isMine: z.boolean(),
  /** Whether the reader reviews edits, and what speaks against it here. */
  mayReview: z.boolean(),
  conflict: Conflict.nullable(),
  approvals: z.number().int(),
  needed: z.number().int(),
});
export type EditToReview = z.infer<typeof EditToReview>;
