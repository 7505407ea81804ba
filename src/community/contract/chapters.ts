import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { isOneLine, line, prose } from '#src/platform/contract/text.ts';
import { MemberCard } from './members.ts';
import { Country, Slug, Website } from './organisations.ts';

export const chapterStates = ['pending', 'approved', 'refused', 'closed'] as const;
export const ChapterState = z.enum(chapterStates);
export type ChapterState = z.infer<typeof ChapterState>;

const City = z.string().trim().max(100).refine(isOneLine, 'must be one line');

const pageFields = {
  name: line(200),
  country: Country,
  city: City.default(''),
  /** The language that its members speak with one another. */
  locale: Locale,
  about: prose(20_000).default(''),
  website: Website.default(''),
  /** The organisation that carries it, if there is one. */
  organisation: Slug.nullable().default(null),
};

export const FoundChapter = z.object({ ...pageFields, slug: Slug.optional() });
export type FoundChapter = z.input<typeof FoundChapter>;
export const EditChapter = z.object(pageFields);
export type EditChapter = z.input<typeof EditChapter>;

/** A chapter in the list. */
export const ListedChapter = z.object({
  slug: z.string().max(60),
  name: z.string().max(200),
  country: z.string().max(2),
  city: z.string().max(100),
  locale: Locale,
  members: z.number().int(),
  leaders: z.array(MemberCard),
});
export type ListedChapter = z.infer<typeof ListedChapter>;

export const ChapterList = z.object({
  items: z.array(ListedChapter),
  /** Those that the reader belongs to, whatever their state. */
  own: z.array(z.object({ slug: z.string().max(60), name: z.string().max(200), state: ChapterState })),
  /** Those that wait to be approved; null for those who do not approve. */
  waiting: z.array(ListedChapter).nullable(),
});
export type ChapterList = z.infer<typeof ChapterList>;

export const Chapter = ListedChapter.extend({
  state: ChapterState,
  about: z.string().max(20_000),
  aboutHtml: z.string(),
  website: z.string().max(500),
  organisation: z.object({ slug: z.string().max(60), name: z.string().max(200) }).nullable(),
  createdAt: z.string().max(40),
  /** The newest members. */
  newest: z.array(MemberCard),
  /** Only for those who lead it and those who approve. */
  refusedReason: z.string().max(2000).nullable(),
  viewer: z.object({ isMember: z.boolean(), isLeader: z.boolean(), mayApprove: z.boolean() }),
});
export type Chapter = z.infer<typeof Chapter>;
