import { z } from 'zod';
import { line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { PostSummary } from './posts.ts';

export const SeriesTitle = line(200);

export const SeriesSummary = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  count: z.number().int(),
});
export type SeriesSummary = z.infer<typeof SeriesSummary>;

/** An article of a series as links to it need it. */
const Part = z.object({ id: z.number().int(), title: z.string().max(200), slug: z.string().max(120) });

/** How far a reader got in the public articles of a series; null for who is nobody in particular. */
const Progress = z
  .object({
    read: z.number().int(),
    count: z.number().int(),
    /** Where to go on: after what was read last; null when all is read. */
    next: Part.nullable(),
  })
  .nullable();

/** Articles of one author that belong together, in their order. */
export const Series = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  about: z.string().max(2000),
  author: MemberCard,
  articles: z.array(PostSummary.extend({ isRead: z.boolean() })),
  progress: Progress,
  isMine: z.boolean(),
});
export type Series = z.infer<typeof Series>;

/** A series that the reader has begun and not finished. */
export const BegunSeries = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  read: z.number().int(),
  count: z.number().int(),
  next: Part,
});
export type BegunSeries = z.infer<typeof BegunSeries>;

export const EditSeries = z.object({
  title: SeriesTitle,
  about: prose(2000).default(''),
  /** All its articles, in the order they are to have. */
  order: z.array(z.number().int()).max(500).optional(),
});
export type EditSeries = z.input<typeof EditSeries>;

/** Where an article stands in its series. */
export const SeriesPlace = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  number: z.number().int(),
  count: z.number().int(),
  previous: Part.nullable(),
  next: Part.nullable(),
  /** Whether the reader has read this article, and how many of all. */
  reading: z.object({ isRead: z.boolean(), read: z.number().int() }).nullable(),
});
export type SeriesPlace = z.infer<typeof SeriesPlace>;
