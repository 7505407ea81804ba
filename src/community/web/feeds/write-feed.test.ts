import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Feed, FeedEntry } from '#src/community/contract/feeds.ts';
import { database } from '#tests/support/context.ts';
import { feedTypes, writeFeed } from './write-feed.ts';
import { element, escaped, xmlDocument } from './xml.ts';

const place = { title: '象群社区', publicUrl: 'https://pg.example', locale: 'zh-CN' };
const entry: FeedEntry = {
  key: 'post/7',
  path: '/questions/7/why',
  title: 'Why <b> & "why"?',
  locale: 'en',
  html: '<p>See <a href="/questions/8">this</a> and <img src="/api/platform/files/1" alt=""> <code>&lt;a href="/x"&gt;</code></p>',
  excerpt: 'See this',
  author: { name: 'Ada', path: '/members/ada' },
  tags: ['索引', 'c++'],
  publishedAt: '2026-11-28T10:00:00.000Z',
  updatedAt: '2026-11-29T10:00:00.000Z',
};
const feedOf = (...entries: FeedEntry[]): Feed => ({
  about: 'tags',
  name: '索引',
  path: '/tags/%E7%B4%A2%E5%BC%95',
  key: 'tags/%E7%B4%A2%E5%BC%95',
  entries,
});

/** What a strict parser of XML, PostgreSQL's, finds at a path; throws where the document is not well formed. */
async function found(xml: string, path: string): Promise<string[]> {
  const { rows } = await sql<{ found: string[] }>`select xpath(${path}, xmlparse(document ${xml}),
    array[array['a', 'http://www.w3.org/2005/Atom'], array['dc', 'http://purl.org/dc/elements/1.1/'],
      array['content', 'http://purl.org/rss/1.0/modules/content/']])::text[] as found`.execute(database.db);
  return rows[0]?.found ?? [];
}

test('an Atom feed has what RFC 4287 demands of a feed and of each entry', async () => {
  const xml = writeFeed('atom', feedOf(entry, { ...entry, key: 'decision/8', html: '' }), place);
  expect(await found(xml, '/a:feed/a:id/text()')).toEqual([
    'tag:pg.example,2026:feed/tags/%E7%B4%A2%E5%BC%95',
  ]);
  expect(await found(xml, '/a:feed/a:title/text()')).toEqual(['象群社区']);
  expect(await found(xml, '/a:feed/a:updated/text()')).toEqual([entry.updatedAt]);
  expect(await found(xml, '/a:feed/a:link[@rel="self"]/@href')).toEqual([
    'https://pg.example/feeds/tags/%E7%B4%A2%E5%BC%95.atom',
  ]);
  for (const name of ['id', 'title', 'updated', 'author/a:name', 'link[@rel="alternate"]'])
    expect(await found(xml, `/a:feed/a:entry/a:${name}`)).toHaveLength(2);
  // An entry without a whole text needs a summary and an alternate link.
  expect(await found(xml, '/a:feed/a:entry[2]/a:content')).toEqual([]);
  expect(await found(xml, '/a:feed/a:entry[2]/a:summary/text()')).toEqual(['See this']);
  expect(await found(xml, '/a:feed/a:entry[1]/a:id/text()')).toEqual(['tag:pg.example,2026:post/7']);
});

test('an RSS feed has what RSS 2.0 demands of a channel and of each item', async () => {
  const xml = writeFeed('rss', feedOf(entry), place);
  for (const name of ['title', 'link', 'description'])
    expect(await found(xml, `/rss[@version="2.0"]/channel/${name}`)).toHaveLength(1);
  expect(await found(xml, '//item/guid[@isPermaLink="false"]/text()')).toEqual([
    'tag:pg.example,2026:post/7',
  ]);
  expect(await found(xml, '//item/pubDate/text()')).toEqual(['Sat, 28 Nov 2026 10:00:00 GMT']);
  expect(await found(xml, '//item/dc:creator/text()')).toEqual(['Ada']);
  expect(await found(xml, '//item/content:encoded')).toHaveLength(1);
});

test('a JSON feed has what JSON Feed 1.1 demands, and leads home by whole addresses in its tags alone', () => {
  const json = JSON.parse(
    writeFeed('json', feedOf(entry, { ...entry, key: 'decision/8', html: '' }), place),
  ) as {
    [key: string]: unknown;
    items: Record<string, string>[];
  };
  expect(json).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: '象群社区' });
  expect(json.items[0]).toMatchObject({
    id: 'tag:pg.example,2026:post/7',
    url: 'https://pg.example/questions/7/why',
    content_html:
      '<p>See <a href="https://pg.example/questions/8">this</a> and <img src="https://pg.example/api/platform/files/1" alt=""> <code>&lt;a href="/x"&gt;</code></p>',
  });
  expect(json.items[1]).toMatchObject({ content_text: 'See this' });
});

test('a feed without entries is one, too', async () => {
  expect(await found(writeFeed('atom', feedOf(), place), '/a:feed/a:updated/text()')).toEqual([
    '1970-01-01T00:00:00.000Z',
  ]);
  expect(await found(writeFeed('rss', feedOf(), place), '//item')).toEqual([]);
});

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
const unescaped = (xml: string) => xml.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);

const hostile = [
  ']]><script>alert(1)</script>',
  '</title><entry>',
  '<!--',
  '&xxe; &#0; &amp;',
  '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
  'bell\u0007 nul\u0000 half\ud800 none\uffff',
  '\u202eright to left',
  '"\' onload="x',
];

test.each(hostile)('%j in every text leaves each form well formed, and is text in it', async (text) => {
  const all = feedOf({
    ...entry,
    title: text,
    html: `<p>${escaped(text)}</p>`,
    excerpt: text,
    tags: [text],
    author: { ...entry.author, name: text },
  });
  const seen = escaped(text);
  const named = { ...place, title: text };
  for (const format of ['atom', 'rss'] as const) {
    const xml = writeFeed(format, { ...all, name: text }, named);
    const titles = await found(xml, '//*[local-name()="title"]/text()');
    expect(titles.every((one) => one === seen || one === seen.replaceAll('&quot;', '"'))).toBe(true);
    expect(await found(xml, '//script')).toEqual([]);
    expect(xml).not.toContain('<!DOCTYPE');
  }
  // Readers take a description of RSS for HTML: what they draw of it is the text.
  for (const description of await found(
    writeFeed('rss', { ...all, name: text }, named),
    '//description/text()',
  ))
    expect(unescaped(description)).toBe(escaped(text));
  expect(JSON.parse(writeFeed('json', all, named))).toMatchObject({ title: text, items: [{ title: text }] });
});

test('attributes and names of types are as the registrations have them', async () => {
  const xml = xmlDocument(element('a', { b: '<"&>\t', c: undefined }, 'x', null, element('d', {})));
  expect(xml).toBe('<?xml version="1.0" encoding="utf-8"?>\n<a b="&lt;&quot;&amp;&gt;&#9;">x<d/></a>\n');
  expect(Object.values(feedTypes).map((type) => type.split(';')[0])).toEqual([
    'application/atom+xml',
    'application/rss+xml',
    'application/feed+json',
  ]);
});
