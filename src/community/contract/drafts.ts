import { z } from 'zod';
import { PostKind } from './posts.ts';
import { SeriesSummary } from './series.ts';

/** What is being written: a new article or question, an answer to a question, or a change of a post. */
export const DraftTarget = z.string().regex(/^(article|question|(answer|post)-[1-9]\d{0,15})$/);

/** The fields of a form by their names, as they were typed. */
export const DraftFields = z
  .record(
    z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{0,39}$/),
    z
      .string()
      .max(200_000)
      .refine((value) => !value.includes('\u0000'), 'must not contain the NUL character'),
  )
  .refine((fields) => Object.keys(fields).length <= 50, 'must have at most 50 fields');
export type DraftFields = z.infer<typeof DraftFields>;

export const SaveDraft = z.object({ fields: DraftFields });

export const SavedDraft = z.object({ savedAt: z.string().max(40) });
export type SavedDraft = z.infer<typeof SavedDraft>;

/** A draft to go on with; null when nothing was begun. */
export const Draft = z
  .object({ fields: z.record(z.string(), z.string()), savedAt: z.string().max(40) })
  .nullable();
export type Draft = z.infer<typeof Draft>;

/** What the form of a new article begins with. */
export const NewArticleForm = z.object({ draft: Draft, ownSeries: z.array(SeriesSummary) });
export type NewArticleForm = z.infer<typeof NewArticleForm>;

/** A draft in the list of one's own. */
export const DraftSummary = z.object({
  target: z.string().max(40),
  /** Of a change: what is changed. */
  postKind: PostKind.nullable(),
  title: z.string().max(300),
  excerpt: z.string().max(400),
  savedAt: z.string().max(40),
});
export type DraftSummary = z.infer<typeof DraftSummary>;
