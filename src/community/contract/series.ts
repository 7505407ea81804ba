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

/** Articles of one author that belong together, in their order. */
export const Series = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  about: z.string().max(2000),
  author: MemberCard,
  articles: z.array(PostSummary),
  isMine: z.boolean(),
});
export type Series = z.infer<typeof Series>;

export const EditSeries = z.object({
  title: SeriesTitle,
  about: prose(2000).default(''),
  /** All its articles, in the order they are to have. */
  order: z.array(z.number().int()).max(500).optional(),
});
export type EditSeries = z.input<typeof EditSeries>;

const Neighbour = z
  .object({ id: z.number().int(), title: z.string().max(200), slug: z.string().max(120) })
  .nullable();

/** Where an article stands in its series. */
export const SeriesPlace = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  number: z.number().int(),
  count: z.number().int(),
  previous: Neighbour,
  next: Neighbour,
});
export type SeriesPlace = z.infer<typeof SeriesPlace>;
