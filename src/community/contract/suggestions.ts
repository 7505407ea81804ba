import { z } from 'zod';

/** What a suggestion was made from and cites. */
export const SuggestionSource = z.object({
  kind: z.enum(['faq', 'answer']),
  id: z.number().int(),
  title: z.string().max(200),
  path: z.string().max(400),
});
export type SuggestionSource = z.infer<typeof SuggestionSource>;

/** A draft by a language model, for the member who asked for it and nobody else. */
export const Suggestion = z.object({
  markdown: z.string().max(12_000),
  html: z.string(),
  model: z.string().max(100),
  sources: z.array(SuggestionSource),
  /** Citations of what it was not given, which were taken out. */
  dropped: z.number().int(),
  madeAt: z.string().max(40),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** The page of a suggestion: without one before it was asked for. */
export const SuggestionPage = z.object({
  question: z.object({ id: z.number().int(), title: z.string().max(200), slug: z.string().max(120) }),
  suggestion: Suggestion.nullable(),
});
export type SuggestionPage = z.infer<typeof SuggestionPage>;
