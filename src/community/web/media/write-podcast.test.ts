import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { hostileInputs } from '#tests/support/hostile-inputs.ts';
import type { Episode } from '#src/community/contract/media.ts';
import { writePodcast } from './write-podcast.ts';

const place = {
  title: 'Herd & friends',
  about: 'Talks',
  author: 'Herd',
  publicUrl: 'https://pg.example/',
  locale: 'zh-CN',
};
const episode = (more: Partial<Episode> = {}): Episode => ({
  id: 7,
  title: 'Indexes',
  slug: 'indexes',
  excerpt: 'About indexes.',
  html: '<p>About <b>indexes</b>.</p>',
  author: 'Anna',
  contentType: 'audio/mpeg',
  sizeBytes: 1234,
  durationSeconds: 61,
  publishedAt: '2026-11-29T08:00:00.000Z',
  ...more,
});

/** Names of the elements with their texts and attributes, by a reader of XML that minds what is not closed. */
function read(xml: string) {
  const found: { path: string; text: string; attributes: Record<string, string> }[] = [];
  const open: string[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        open.push(name);
        found.push({ path: open.join('/'), text: '', attributes });
      },
      ontext(text) {
        const inside = found.findLast(({ path }) => path === open.join('/'));
        if (inside) inside.text += text;
      },
      onclosetag(name, isImplied) {
        if (isImplied && !xml.includes(`<${name} `) && !xml.includes(`<${name}/>`))
          throw new Error(`${name} is not closed`);
        if (open.pop() !== name) throw new Error(`${name} is closed out of turn`);
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  if (open.length > 0) throw new Error(`open at the end: ${open.join()}`);
  return found;
}

test('a podcast has what RSS 2.0 and the directories demand of a channel and of each episode', () => {
  const found = read(writePodcast([episode(), episode({ id: 6, durationSeconds: null })], place));
  const textOf = (path: string) =>
    found.filter((one) => one.path === `rss/channel/${path}`).map(({ text }) => text);
  expect(textOf('title')).toEqual(['Herd & friends']);
  for (const name of ['link', 'description', 'language', 'itunes:author', 'itunes:explicit'])
    expect(textOf(name), name).toHaveLength(1);
  expect(found.find(({ path }) => path.endsWith('itunes:category'))?.attributes).toEqual({
    text: 'Technology',
  });
  expect(textOf('item/guid')).toEqual(['https://pg.example/articles/7', 'https://pg.example/articles/6']);
  expect(textOf('item/pubDate')[0]).toBe('Sun, 29 Nov 2026 08:00:00 GMT');
  expect(textOf('item/content:encoded')[0]).toBe('<p>About <b>indexes</b>.</p>');
  expect(textOf('item/itunes:duration')).toEqual(['61']);
  expect(found.find(({ path }) => path.endsWith('enclosure'))?.attributes).toEqual({
    url: 'https://pg.example/api/community/media/7/sound',
    length: '1234',
    type: 'audio/mpeg',
  });
});

test('hostile texts in every place leave it well formed', () => {
  for (const { text } of hostileInputs) {
    const short = text.slice(0, 200);
    const xml = writePodcast([episode({ title: short, excerpt: short, author: short, html: text })], place);
    expect(read(xml).filter(({ path }) => path === 'rss/channel/item')).toHaveLength(1);
    expect(xml).not.toMatch(/<script|<img|<svg/i);
  }
});
