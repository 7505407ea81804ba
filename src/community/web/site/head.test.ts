import { expect, test } from 'vitest';
import { headOf, listHead, type PageFacts } from './head.ts';
import { articleData, chapterData, organisationData, profileData } from './json-ld.ts';

const args = {
  matches: [{ id: 'root', loaderData: { locale: 'zh-CN', publicUrl: 'https://pg.example' } }],
};
const ada = { handle: 'ada', name: 'Ada', avatar: '/api/platform/files/1' };
const written = { id: 7, slug: 'why', author: ada, publishedAt: '2026-11-29T10:00:00.000Z' };
const article = {
  ...written,
  kind: 'article' as const,
  title: 'T',
  excerpt: 'E',
  locale: 'en',
  tags: ['a', 'b'],
};

const acme = { slug: 'acme', name: 'Acme' };

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

test('a list is found as a whole, and not by each of its filters', () => {
  const meta = listHead({ en: 'Experts', 'zh-CN': '专家' }, '/experts');
  const whole = meta({ ...args, location: { search: '' } });
  expect(whole).toContainEqual({ title: '专家 · 象群社区' });
  expect(whole).toContainEqual({ tagName: 'link', rel: 'canonical', href: 'https://pg.example/experts' });
  const filtered = meta({ ...args, location: { search: '?skill=vacuum' } });
  expect(filtered).toContainEqual({ name: 'robots', content: 'noindex, follow' });
});

test('an article, a profile, organisations and a chapter have what they must have', () => {
  const [a, p, o, u, c] = dataOf({
    data: () => [
      articleData(article),
      profileData({ ...ada, headline: '', joinedAt: written.publishedAt }),
      organisationData({ ...acme, kind: 'database-vendor', website: 'https://acme.example', country: 'CN' }),
      organisationData({ ...acme, kind: 'university', website: '', country: '' }),
      chapterData({ name: 'Hangzhou', slug: 'hz', website: '', country: 'CN', city: '杭州' }),
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
    '@id': 'https://pg.example/organisations/acme',
    url: 'https://acme.example',
    address: { addressCountry: 'CN' },
  });
  expect(u).toMatchObject({ '@type': 'CollegeOrUniversity', url: 'https://pg.example/organisations/acme' });
  expect(u).not.toHaveProperty('address');
  expect(c).toMatchObject({
    '@type': 'Organization',
    url: 'https://pg.example/chapters/hz',
    address: { addressCountry: 'CN', addressLocality: '杭州' },
  });
});
