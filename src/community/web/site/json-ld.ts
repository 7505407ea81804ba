import { memberPath, organisationPath, postPath } from '#src/community/contract/addresses.ts';
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

type AnswerFacts = Written & { text: string; score: number };

/** A question with its answers; the accepted one is named as such. Answers are given in the order of the page. */
export function questionData(
  question: Written & { title: string; text: string; score: number; answerCount: number; locale: string },
  answers: readonly (AnswerFacts & { isAccepted: boolean })[],
): JsonLd {
  const answerOf = (answer: AnswerFacts): JsonLd => ({
    '@type': 'Answer',
    text: answer.text,
    upvoteCount: answer.score,
    datePublished: answer.publishedAt,
    url: postPath(answer),
    author: personOf(answer.author),
  });
  const accepted = answers.find((answer) => answer.isAccepted);
  return {
    '@type': 'QAPage',
    inLanguage: question.locale,
    mainEntity: {
      '@type': 'Question',
      name: question.title,
      text: question.text,
      answerCount: question.answerCount,
      upvoteCount: question.score,
      datePublished: question.publishedAt,
      url: postPath(question),
      author: personOf(question.author),
      acceptedAnswer: accepted && answerOf(accepted),
      suggestedAnswer: answers.filter((answer) => !answer.isAccepted).map(answerOf),
    },
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

/** An organisation as its page says it is. */
export function organisationData(organisation: {
  slug: string;
  name: string;
  about: string;
  website: string;
  logo: string | null;
}): JsonLd {
  return {
    '@type': 'Organization',
    name: organisation.name,
    description: organisation.about === '' ? undefined : organisation.about,
    url: organisationPath(organisation.slug),
    sameAs: organisation.website === '' ? undefined : organisation.website,
    logo: organisation.logo ?? undefined,
  };
}

/** Where a page stands, for the line above a search result. */
export function breadcrumbData(steps: readonly { path: string; label: string }[]): JsonLd {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ path, label }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name: label,
      item: path,
    })),
  };
}
