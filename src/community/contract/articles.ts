import { z } from 'zod';
import { Locale } from '#src/platform/contract/i18n.ts';
import { PageQuery } from '#src/platform/contract/pages.ts';
import { line } from '#src/platform/contract/text.ts';
import { CaseStudy, WriteCaseStudy } from './case-studies.ts';
import { Draft } from './drafts.ts';
import { Media, WebAddress } from './media.ts';
import { Industry } from './industries.ts';
import { Handle, MemberCard, MemberRole } from './members.ts';
import { Markdown, PostState, PostSummary, RevisionNote, TagName, Tags, Title } from './posts.ts';
import { Comment } from './questions.ts';
import { SeriesPlace, SeriesSummary, SeriesTitle } from './series.ts';

/** Whether an article is the author's own, somebody else's with leave, or a translation. */
export const articleOrigins = ['original', 'reposted', 'translated'] as const;
export const ArticleOrigin = z.enum(articleOrigins);
export type ArticleOrigin = z.infer<typeof ArticleOrigin>;

/** What readers may do with an article: SPDX names, and the law's default. */
export const licences = [
  'all-rights-reserved',
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'CC-BY-ND-4.0',
  'CC0-1.0',
  'PostgreSQL',
] as const;
export const Licence = z.enum(licences);
export type Licence = z.infer<typeof Licence>;

const written = {
  title: Title,
  markdown: Markdown,
  tags: Tags.default([]),
  locale: Locale.default('zh-CN'),
  origin: ArticleOrigin.default('original'),
  sourceUrl: WebAddress.nullable().default(null),
  sourceAuthor: line(200).nullable().default(null),
  licence: Licence.default('all-rights-reserved'),
  /** The title of a series of mine, which begins when there is none. */
  series: SeriesTitle.nullable().default(null),
  media: Media.nullable().default(null),
  /** The industries it is about, and for readers of which roles it is; none: all. */
  industries: z.array(Industry).max(3).default([]),
  roles: z.array(MemberRole).max(4).default([]),
  /** Of a case study: whose case it is, and the figures. It waits for that organisation, not for a time. */
  caseStudy: WriteCaseStudy.nullable().default(null),
};

const namesItsSource = (article: { origin: ArticleOrigin; sourceUrl: string | null }) =>
  article.origin === 'original' || article.sourceUrl !== null;
const sourceMissing = { path: ['sourceUrl'], message: 'must be given unless the article is original' };

/** A new article. With a time it waits for it; without one it is published now. */
export const WriteArticle = z
  .object({ ...written, publishAt: z.iso.datetime({ offset: true }).nullable().default(null) })
  .refine(namesItsSource, sourceMissing)
  .refine(({ caseStudy, publishAt }) => caseStudy === null || publishAt === null, {
    path: ['publishAt'],
    message: 'must be left out of a case study: it is published once its customer approves it',
  });
export type WriteArticle = z.input<typeof WriteArticle>;

/** An article with other words; `revision` is the one they were written over. */
export const EditArticle = z
  .object({ ...written, revision: z.number().int().min(1), note: RevisionNote.default('') })
  .refine(namesItsSource, sourceMissing);
export type EditArticle = z.input<typeof EditArticle>;

/** Which articles a list shows. */
export const ListArticles = z.object({
  sort: z.enum(['new', 'top', 'featured']).default('new'),
  tag: TagName.optional(),
  author: Handle.optional(),
  industry: Industry.optional(),
  role: MemberRole.optional(),
  locale: Locale.optional(),
  cursor: PageQuery.shape.cursor,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type ListArticles = z.infer<typeof ListArticles>;

/** Where an article went, and whether readers see it already. */
export const WrittenArticle = z.object({
  id: z.number().int(),
  slug: z.string().max(120),
  state: PostState,
  revision: z.number().int(),
});
export type WrittenArticle = z.infer<typeof WrittenArticle>;

/** An article to be read. */
export const Article = PostSummary.extend({
  state: PostState,
  html: z.string(),
  revision: z.number().int(),
  organisation: z.object({ slug: z.string().max(60), name: z.string().max(200) }).nullable(),
  origin: ArticleOrigin,
  sourceUrl: z.string().max(2000).nullable(),
  sourceAuthor: z.string().max(200).nullable(),
  licence: z.string().max(40),
  series: SeriesPlace.nullable(),
  media: Media.nullable(),
  industries: z.array(Industry),
  roles: z.array(MemberRole),
  caseStudy: CaseStudy.nullable(),
  /** How often its sound was played. */
  plays: z.number().int(),
  /** Whether the reader is told before its session begins. */
  isReminded: z.boolean(),
  editedAt: z.string().max(40).nullable(),
  publishAt: z.string().max(40).nullable(),
  /** What the reader may do with it. */
  may: z.object({
    edit: z.boolean(),
    feature: z.boolean(),
    vote: z.boolean(),
    comment: z.boolean(),
    suggest: z.boolean(),
  }),
  /** How the reader voted: 1, -1 or 0. */
  vote: z.number().int(),
  /** Whether the reader follows it; null for who cannot: nobody is signed in, or it is not public. */
  follows: z.boolean().nullable(),
  comments: z.array(Comment),
  /** The reputation from which on others than the author comment. */
  commentsFrom: z.number().int(),
  isMine: z.boolean(),
});
export type Article = z.infer<typeof Article>;

/** An article to be written over. */
export const ArticleSource = z.object({
  id: z.number().int(),
  title: z.string().max(200),
  markdown: z.string(),
  tags: z.array(z.string().max(40)),
  locale: Locale,
  origin: ArticleOrigin,
  sourceUrl: z.string().max(2000).nullable(),
  sourceAuthor: z.string().max(200).nullable(),
  licence: z.string().max(40),
  series: z.string().max(200).nullable(),
  media: Media.nullable(),
  industries: z.array(Industry),
  roles: z.array(MemberRole),
  caseStudy: CaseStudy.nullable(),
  ownSeries: z.array(SeriesSummary),
  isMine: z.boolean(),
  revision: z.number().int(),
  state: PostState,
  author: MemberCard,
  /** The editor's own draft of a change, to go on with. */
  draft: Draft,
});
export type ArticleSource = z.infer<typeof ArticleSource>;
