import { expect, test } from 'vitest';
import { headOf, type PageFacts } from './head.ts';
import { articleData, breadcrumbData, organisationData, profileData, questionData } from './json-ld.ts';

const args = {
  matches: [{ id: 'root', loaderData: { locale: 'zh-CN', publicUrl: 'https://pg.example' } }],
};
const ada = { handle: 'ada', name: 'Ada', avatar: '/api/platform/files/1' };
const written = { id: 7, slug: 'why', author: ada, publishedAt: '2026-11-29T10:00:00.000Z' };
const answer = { ...written, kind: 'answer' as const, parentId: 7, text: 'Because.', score: 3 };
const article = {
  ...written,
  kind: 'article' as const,
  title: 'T',
  excerpt: 'E',
  locale: 'en',
  tags: ['a', 'b'],
};

type Node = Record<string, unknown>;
function dataOf(facts: Partial<PageFacts>): Node[] {
  return headOf(args, { title: 'T', path: '/x', ...facts }).flatMap((one) =>
    'script:ld+json' in one ? [one['script:ld+json'] as Node] : [],
  );
}

test('a page names its one address, its address in each language, and its feeds', () => {
  const head = headOf(args, {
    title: '索引',
    path: '/tags/%E7%B4%A2%E5%BC%95',
    description: 'x'.repeat(300),
    feed: { path: '/feeds/tags/index', title: '索引' },
  });
  expect(head).toContainEqual({ title: '索引 · 象群社区' });
  const links = head.flatMap((one) => ('tagName' in one ? [one as Record<string, string>] : []));
  const at = 'https://pg.example/tags/%E7%B4%A2%E5%BC%95';
  expect(links.find(({ rel }) => rel === 'canonical')?.['href']).toBe(at);
  expect(links.filter(({ hrefLang }) => hrefLang).map(({ hrefLang, href }) => `${hrefLang} ${href}`)).toEqual(
    [`en ${at}?lang=en`, `zh-CN ${at}?lang=zh-CN`, `x-default ${at}`],
  );
  expect(links.filter(({ type }) => type).map(({ type, href }) => `${type} ${href}`)).toEqual([
    'application/atom+xml /feeds/tags/index.atom',
    'application/rss+xml /feeds/tags/index.rss',
    'application/feed+json /feeds/tags/index.json',
  ]);
  expect(head).toContainEqual({ name: 'description', content: `${'x'.repeat(199)}…` });
});

test('a reader who is signed in is no program: the page says nothing of itself to machines', () => {
  const [root] = args.matches;
  const user = { id: 'u', name: 'Ada', email: 'ada@example.com' };
  const matches = [{ ...root, id: 'root', loaderData: { ...root?.loaderData, viewer: { user } } }];
  const facts = { title: 'T', path: '/x', data: () => ({ '@type': 'Thing' }) };
  expect(headOf({ matches }, facts).some((one) => 'script:ld+json' in one)).toBe(false);
  expect(headOf(args, facts).some((one) => 'script:ld+json' in one)).toBe(true);
});

test('a page that nobody should find names no address of its own', () => {
  const head = headOf(args, { title: 'T', path: '/search?q=x', hidden: true });
  expect(head).toContainEqual({ name: 'robots', content: 'noindex, follow' });
  expect(head.some((one) => 'rel' in one && one.rel === 'canonical')).toBe(false);
});

test('a question has all that a QAPage must have, and its accepted answer apart from the others', () => {
  const [data] = dataOf({
    data: () =>
      questionData(
        {
          ...written,
          kind: 'question',
          title: 'Why?',
          text: 'Why so slow?',
          score: 2,
          answerCount: 2,
          locale: 'en',
        },
        [
          { ...answer, id: 8, isAccepted: false },
          { ...answer, id: 9, isAccepted: true },
        ],
      ),
  });
  const question = data?.['mainEntity'] as Node;
  expect(data).toMatchObject({ '@context': 'https://schema.org', '@type': 'QAPage' });
  expect(question).toMatchObject({
    '@type': 'Question',
    name: 'Why?',
    text: 'Why so slow?',
    answerCount: 2,
    datePublished: written.publishedAt,
    author: { '@type': 'Person', url: 'https://pg.example/members/ada' },
  });
  expect(question['acceptedAnswer']).toMatchObject({
    '@type': 'Answer',
    text: 'Because.',
    url: 'https://pg.example/questions/7#answer-9',
    upvoteCount: 3,
  });
  expect(question['suggestedAnswer']).toHaveLength(1);
});

test('an article, a profile, an organisation and a trail have what they must have', () => {
  const [a, p, o, b] = dataOf({
    data: () => [
      articleData(article),
      profileData({ ...ada, headline: '', joinedAt: written.publishedAt }),
      organisationData({
        slug: 'acme',
        name: 'Acme',
        about: '',
        website: 'https://acme.example',
        logo: '/l.png',
      }),
      breadcrumbData([{ path: '/articles', label: 'Articles' }]),
    ],
  });
  expect(a).toMatchObject({
    '@type': 'TechArticle',
    headline: 'T',
    datePublished: written.publishedAt,
    dateModified: written.publishedAt,
    url: 'https://pg.example/articles/7/why',
    author: { image: 'https://pg.example/api/platform/files/1' },
  });
  expect(p).toMatchObject({
    '@type': 'ProfilePage',
    mainEntity: { '@type': 'Person', alternateName: 'ada' },
  });
  expect((p?.['mainEntity'] as Node | undefined)?.['name']).toBe(ada.name);
  expect(p?.['mainEntity']).not.toHaveProperty('description');
  expect(o).toMatchObject({
    '@type': 'Organization',
    url: 'https://pg.example/organisations/acme',
    logo: 'https://pg.example/l.png',
    sameAs: 'https://acme.example',
  });
  expect(b).toMatchObject({ itemListElement: [{ position: 1, item: 'https://pg.example/articles' }] });
});
