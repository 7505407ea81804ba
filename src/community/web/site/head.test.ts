import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headOf, listHead, type PageFacts, sitePicture } from './head.ts';
import { firstPicture } from './first-picture.ts';
import {
  articleData,
  chapterData,
  meetingData,
  organisationData,
  plannedData,
  profileData,
  sessionData,
} from './json-ld.ts';

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

test('a page names its one address, its address in each language, its feeds and its calendar', () => {
  const head = headOf(args, {
    title: '索引',
    path: '/tags/%E7%B4%A2%E5%BC%95',
    description: 'x'.repeat(300),
    feed: { path: '/feeds/tags/index', title: '索引' },
    calendar: '/meetings/1/calendar.ics',
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
    'text/calendar /meetings/1/calendar.ics',
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
  // What the validators of search engines ask of a profile page: a person with a name, times with their zone, whole addresses.
  expect((p?.['mainEntity'] as Node | undefined)?.['name']).toBe(ada.name);
  expect(p).toMatchObject({ '@context': 'https://schema.org', dateCreated: written.publishedAt });
  expect((p?.['mainEntity'] as Node | undefined)?.['@id']).toBe('https://pg.example/members/ada');
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

const previewOf = (facts: Partial<PageFacts>) =>
  Object.fromEntries(
    headOf(args, { title: 'T', path: '/x', ...facts }).flatMap((one) => {
      const { property, name, content } = one as Record<string, string>;
      const key = property ?? name ?? '';
      return /^(?:og:image|twitter)/.test(key) ? [[key, content]] : [];
    }),
  );

test('a preview of a link shows the picture of the page by its whole address, or that of the site', () => {
  const picture = '/api/platform/files/1';
  const whole = 'https://pg.example/api/platform/files/1';
  expect(previewOf({ picture })).toEqual({ 'og:image': whole, 'twitter:card': 'summary_large_image' });
  expect(previewOf({ picture, kind: 'profile' })).toEqual({ 'og:image': whole, 'twitter:card': 'summary' });
  expect(previewOf({ picture: 'https://cdn.example/1.png' })['og:image']).toBe('https://cdn.example/1.png');
  for (const none of [null, undefined, ''])
    expect(previewOf({ picture: none, kind: 'profile' })).toEqual({
      'og:image': 'https://pg.example/preview.png',
      'og:image:width': '1200',
      'og:image:height': '630',
      'og:image:alt': '象群社区',
      'twitter:card': 'summary_large_image',
    });
});

test('the picture of the site lies where pages say, as large as they say', async () => {
  const bytes = await readFile(join(import.meta.dirname, '../../../../public', sitePicture.path));
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([sitePicture.width, sitePicture.height]);
  expect(bytes.length).toBeLessThan(200_000);
});

test.each([
  ['<p>x</p><img src="/api/platform/files/1" alt=""><img src="/2">', '/api/platform/files/1'],
  ['<p><img alt="a" src="https://cdn.example/1.png?a=1&amp;b=2"></p>', 'https://cdn.example/1.png?a=1&b=2'],
  ['<img src="data:image/png;base64,x"><img src="//elsewhere.example/1"><img src="/2">', '/2'],
  ['<pre>&lt;img src="/1"&gt;</pre>', null],
  ['', null],
])('of %j the first picture is %j', (html, first) => expect(firstPicture(html)).toBe(first));

test('meetings, live sessions and events of the plan are events', () => {
  const committee = { slug: 'experts', name: 'Experts' };
  const meeting = { id: 3, title: 'M', startsAt: '2026-12-01T10:00:00Z', finishedAt: null, committee };
  const session = {
    url: 'https://live.example/1',
    startsAt: '2026-12-01T10:00:00Z',
    endsAt: '2026-12-01T11:00:00Z',
    speakers: ['Bob'],
  };
  const planned = {
    title: 'Summit',
    startsOn: '2026-12-03',
    endsOn: '2026-12-04',
    plannedOn: '2026-12-01',
    place: '杭州',
    state: 'planned' as const,
    note: '',
    committee,
  };
  const [m, s, p, c] = dataOf({
    data: () => [
      meetingData(meeting),
      sessionData(article, session),
      plannedData(planned),
      plannedData({ ...planned, state: 'cancelled', place: '', plannedOn: '2026-12-03' }),
    ],
  });
  // What the guidelines of search engines demand of an event: a name, a beginning and a place.
  for (const event of [m, s, p])
    expect(event).toMatchObject({
      '@type': 'Event',
      name: expect.any(String),
      startDate: expect.stringMatching(/^2026-12-/),
      location: { '@type': expect.any(String) },
    });
  expect(m).toMatchObject({
    url: 'https://pg.example/meetings/3',
    location: { '@type': 'VirtualLocation', url: 'https://pg.example/meetings/3' },
    organizer: { name: 'Experts', url: 'https://pg.example/committees/experts' },
  });
  expect(m).not.toHaveProperty('endDate');
  expect(s).toMatchObject({
    url: 'https://pg.example/articles/7/why',
    endDate: session.endsAt,
    performer: [{ '@type': 'Person', name: 'Bob' }],
  });
  expect(p).toMatchObject({
    eventStatus: 'https://schema.org/EventRescheduled',
    previousStartDate: '2026-12-01',
    location: { name: '杭州' },
  });
  expect(c).toMatchObject({ eventStatus: 'https://schema.org/EventCancelled' });
  expect(c).not.toHaveProperty('location');
});
