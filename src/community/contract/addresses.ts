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

/** The page of a member. */
export const memberPath = (handle: string) => `/members/${handle}`;

/** The page of a tag. */
export const tagPath = (name: string) => `/tags/${encodeURIComponent(name)}`;

/** The page of an organisation. */
export const organisationPath = (slug: string) => `/organisations/${slug}`;

/** The page of a chapter. */
export const chapterPath = (slug: string) => `/chapters/${slug}`;

/** The page of a suggested edit. */
export const editPath = (id: number) => `/edits/${id}`;

/** The page of an entry of the FAQ. */
export const faqPath = ({ id, slug }: { id: number; slug: string }) =>
  slug === '' ? `/faq/${id}` : `/faq/${id}/${encodeURIComponent(slug)}`;
