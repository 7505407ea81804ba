import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { MemberCard } from './members.ts';
import { PostKind } from './posts.ts';

/** What a feed follows: everything, one kind of post, or what is about, by or from something. */
export const feedSubjects = [
  'all',
  'questions',
  'articles',
  'wishes',
  'tags',
  'members',
  'organisations',
  'chapters',
] as const;
export const FeedSubject = z.enum(feedSubjects);
export type FeedSubject = z.infer<typeof FeedSubject>;

export const FeedQuery = z.object({
  about: FeedSubject,
  /** Which tag, member, organisation or chapter, as its page is called. */
  name: z.string().min(1).max(100).optional(),
});
export type FeedQuery = z.infer<typeof FeedQuery>;

/** A post or a wish as a feed carries it: whole, or its first words when it is very long. */
export const FeedEntry = z.object({
  id: z.number().int(),
  kind: z.enum([...PostKind.options, 'wish']),
  title: z.string().max(200),
  slug: z.string().max(120),
  locale: Locale,
  html: z.string().max(60_000),
  excerpt: z.string().max(400),
  author: MemberCard,
  tags: z.array(z.string().max(40)),
  publishedAt: z.string().max(40),
  updatedAt: z.string().max(40),
});
export type FeedEntry = z.infer<typeof FeedEntry>;

/** The newest posts of one subject. */
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
