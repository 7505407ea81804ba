import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';

/** What a feed of the whole community follows; each has a page that lists the same. */
export const wholeFeeds = ['all', 'questions', 'articles', 'wishes', 'faq', 'decisions', 'releases'] as const;
export type WholeFeed = (typeof wholeFeeds)[number];

/**
 * What a feed follows: a whole kind of things, what is about, by or from something, or articles for some readers. With a name
 * `faq` follows entries for a major version of PostgreSQL, `decisions` those of a committee, `releases` those of a product, `wishes` what is
 * said below one. A meeting is followed through its states, from its agenda to its minutes.
 */
export const feedSubjects = [
  ...wholeFeeds,
  'tags',
  'members',
  'organisations',
  'chapters',
  'series',
  'meetings',
  'industries',
  'roles',
] as const;
export const FeedSubject = z.enum(feedSubjects);
export type FeedSubject = z.infer<typeof FeedSubject>;

export const FeedQuery = z.object({
  about: FeedSubject,
  /** Which tag, member, organisation, chapter, series, meeting, version, committee or product, as its page is called; which industry or role. */
  name: z.string().min(1).max(100).optional(),
});
export type FeedQuery = z.infer<typeof FeedQuery>;

/** A thing as a feed carries it: whole, or its first words when it is very long. */
export const FeedEntry = z.object({
  /** What it is for ever, whatever becomes of its address: post/7, wish/3. */
  key: z.string().max(60),
  title: z.string().max(300),
  /** Where its page stands. */
  path: z.string().max(400),
  locale: Locale,
  html: z.string().max(60_000),
  excerpt: z.string().max(400),
  author: z.object({
    name: z.string().max(200),
    /** Where the author's page stands; null when there is none. */
    path: z.string().max(400).nullable(),
  }),
  tags: z.array(z.string().max(40)),
  publishedAt: z.string().max(40),
  updatedAt: z.string().max(40),
});
export type FeedEntry = z.infer<typeof FeedEntry>;

/** The newest of one subject. */
export const Feed = z.object({
  about: FeedSubject,
  /** The subject as it is called now; null for feeds of the whole community. */
  name: z.string().max(200).nullable(),
  /** Where its page stands. */
  path: z.string().max(400),
  /** What the feed's own address is made of, the same for synonyms. */
  key: z.string().max(400),
  entries: z.array(FeedEntry),
});
export type Feed = z.infer<typeof Feed>;

/** The address of a feed without its ending, as pages name it. */
export const feedPath = (about: FeedSubject, name?: string | number) =>
  name === undefined ? `/feeds/${about}` : `/feeds/${about}/${encodeURIComponent(name)}`;
