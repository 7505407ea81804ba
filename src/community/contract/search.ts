import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';

export const searchKinds = [
  'question',
  'answer',
  'article',
  'series',
  'faq',
  'wish',
  'member',
  'expert',
  'organisation',
  'product',
  'service',
  'chapter',
] as const;
export const SearchKind = z.enum(searchKinds);
export type SearchKind = z.infer<typeof SearchKind>;

/** What somebody looks for: words, "words in this order", -words that must not be there. */
export const SearchQuery = PageQuery.pick({ cursor: true }).extend({
  q: z.string().trim().max(200).default(''),
  kind: SearchKind.optional(),
  tag: z.string().max(40).optional(),
  locale: Locale.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A piece of text in which what was looked for is marked: pairs of [begin, end). */
export const Snippet = z.object({ text: z.string().max(400), marks: z.array(z.tuple([z.int(), z.int()])) });
export type Snippet = z.infer<typeof Snippet>;

/** One thing that was found. A question stands for its answers too: `answerId` is the one that fits best. */
export const SearchHit = z.object({
  kind: SearchKind,
  path: z.string().max(300),
  title: z.string().max(200),
  snippet: Snippet,
  tags: z.array(z.string().max(60)),
  author: z.string().max(200).nullable(),
  score: z.int(),
  answerCount: z.int(),
  isAccepted: z.boolean(),
  at: z.string().max(40),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchResult = z.object({
  items: z.array(SearchHit),
  nextCursor: z.string().nullable(),
  /** How many fit; no more than `totalAtMost` are counted. */
  total: z.int(),
  isMore: z.boolean(),
  /** How many of what was counted are of each kind, and of the tags that most of it has. */
  kinds: z.array(z.object({ kind: SearchKind, count: z.int() })),
  tags: z.array(z.object({ tag: z.string().max(60), count: z.int() })),
  /** Other words that may have been meant. */
  didYouMean: z.string().max(200).nullable(),
});
export type SearchResult = z.infer<typeof SearchResult>;

export const SuggestQuery = z.object({ q: z.string().trim().max(100).default('') });

/** What is offered while somebody types. */
export const Suggestion = z.object({
  kind: SearchKind.exclude(['answer']).or(z.literal('tag')),
  text: z.string().max(200),
  path: z.string().max(300),
});
export type Suggestion = z.infer<typeof Suggestion>;
