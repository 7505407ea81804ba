import { chapterPath, memberPath, organisationPath, postPath } from '#src/community/contract/addresses.ts';
import type { Chapter } from '#src/community/contract/chapters.ts';
import type { Organisation } from '#src/community/contract/organisations.ts';
import type { PostKind } from '#src/community/contract/posts.ts';
import type { JsonLd } from './head.ts';

type Someone = { handle: string | null; name: string; avatar?: string | null };

const personOf = ({ handle, name, avatar }: Someone): JsonLd => ({
  '@type': 'Person',
  name,
  url: handle === null ? undefined : memberPath(handle),
  image: avatar ?? undefined,
});

type Written = {
  kind: PostKind;
  id: number;
  slug: string;
  parentId?: number | null;
  author: Someone;
  publishedAt: string;
  editedAt?: string | null;
};

/** An article, as search engines want it: headline, author, dates, address. */
export function articleData(
  article: Written & { title: string; excerpt: string; locale: string; tags: readonly string[] },
): JsonLd {
  return {
    '@type': 'TechArticle',
    headline: article.title.slice(0, 110),
    description: article.excerpt,
    inLanguage: article.locale,
    keywords: article.tags.join(', '),
    author: personOf(article.author),
    datePublished: article.publishedAt,
    dateModified: article.editedAt ?? article.publishedAt,
    url: postPath(article),
    mainEntityOfPage: postPath(article),
  };
}

/** The page of a member. */
export function profileData(
  member: Someone & { headline: string; joinedAt: string; worksFor?: string | undefined },
): JsonLd {
  return {
    '@type': 'ProfilePage',
    dateCreated: member.joinedAt,
    mainEntity: {
      ...personOf(member),
      '@id': member.handle === null ? undefined : memberPath(member.handle),
      alternateName: member.handle ?? undefined,
      description: member.headline === '' ? undefined : member.headline,
      worksFor:
        member.worksFor === undefined ? undefined : { '@type': 'Organization', name: member.worksFor },
    },
  };
}

/** An organisation by its page; a university and a media partner as what they are. */
export function organisationData(
  organisation: Pick<Organisation, 'name' | 'slug' | 'website' | 'country' | 'kind'>,
): JsonLd {
  const { name, slug, website, country, kind } = organisation;
  const page = organisationPath(slug);
  return {
    '@type':
      kind === 'university'
        ? 'CollegeOrUniversity'
        : kind === 'media-partner'
          ? 'NewsMediaOrganization'
          : 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    mainEntityOfPage: page,
    address: country === '' ? undefined : { '@type': 'PostalAddress', addressCountry: country },
  };
}

/** A chapter by its page, with where it meets. */
export function chapterData(
  chapter: Pick<Chapter, 'name' | 'slug' | 'website' | 'country' | 'city'>,
): JsonLd {
  const { name, slug, website, country, city } = chapter;
  const page = chapterPath(slug);
  return {
    '@type': 'Organization',
    '@id': page,
    name,
    url: website === '' ? page : website,
    mainEntityOfPage: page,
    address: {
      '@type': 'PostalAddress',
      addressCountry: country,
      addressLocality: city === '' ? undefined : city,
    },
  };
}
