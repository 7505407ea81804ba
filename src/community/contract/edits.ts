import { z } from 'zod';
import { Markdown, RevisionNote, Tags, Title } from './posts.ts';

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
