import type { OfferingKind } from './offerings.ts';
import type { PostKind } from './posts.ts';

type Addressed = { kind: PostKind; id: number; slug: string; parentId?: number | null };

/** Where a post is read. An answer stands on the page of its question. */
export function postPath({ kind, id, slug, parentId }: Addressed): string {
  if (kind === 'answer') return `/questions/${parentId}#answer-${id}`;
  const room = kind === 'article' ? 'articles' : 'questions';
  return slug === '' ? `/${room}/${id}` : `/${room}/${id}/${encodeURIComponent(slug)}`;
}

/** The page of a wish. */
export const wishPath = ({ id, slug }: { id: number; slug: string }) =>
  slug === '' ? `/wishes/${id}` : `/wishes/${id}/${encodeURIComponent(slug)}`;

/** The page of a case study's file. */
export const downloadPath = (article: number) => `/downloads/${article}`;

/** The page of a member. */
export const memberPath = (handle: string) => `/members/${handle}`;

/** The page of a tag. */
export const tagPath = (name: string) => `/tags/${encodeURIComponent(name)}`;
export const tagWeightPath = (name: string) => `${tagPath(name)}/weight`;

/** The page of an organisation. */
export const organisationPath = (slug: string) => `/organisations/${slug}`;

/** The page of a chapter. */
export const chapterPath = (slug: string) => `/chapters/${slug}`;

/** The page of a suggested edit. */
export const editPath = (id: number) => `/edits/${id}`;

/** The page of an entry of the FAQ. */
export const faqPath = ({ id, slug }: { id: number; slug: string }) =>
  slug === '' ? `/faq/${id}` : `/faq/${id}/${encodeURIComponent(slug)}`;

/** The FAQ of one major version of PostgreSQL. */
export const faqVersionPath = (major: number) => `/faq?version=${major}`;

/** The page of a series of articles. */
export const seriesPath = (id: number | string) => `/series/${id}`;

/** The page of an expert, who has a handle as every member who was not erased. */
export const expertPath = (handle: string | null) => `/experts/${handle}`;

/** The page of a product or a service. */
export const offeringPath = ({ kind, id }: { kind: OfferingKind; id: number | string }) => `/${kind}s/${id}`;

/** The page of a committee. */
export const committeePath = (slug: string) => `/committees/${slug}`;

/** The page of an application to the core group. */
export const coreApplicationPath = (id: number) => `/core-applications/${id}`;

/** The page of an election. */
export const electionPath = (id: number) => `/elections/${id}`;

/** The page of a meeting. */
export const meetingPath = (id: number) => `/meetings/${id}`;

/** The page of an edition of the newsletter. */
export const editionPath = (id: number) => `/newsletters/${id}`;

/** The page of a decision. */
export const resolutionPath = (id: number) => `/decisions/${id}`;

/** What a member or an organisation, by its page, gave and got; with a number its rows. */
export const valuePath = (page: string, number?: string) =>
  number === undefined ? `${page}/value` : `${page}/value/${number}`;
