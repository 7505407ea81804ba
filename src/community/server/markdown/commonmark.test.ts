import commonmark from 'commonmark-spec';
import { expect, test } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';
import { renderMarkdown } from './render-markdown.ts';

const examples = commonmark.tests.map((one) => ({
  ...one,
  markdown: one.markdown.replaceAll('→', '\t'),
  html: one.html.replaceAll('→', '\t'),
}));

/** What GFM and this site add, and so differs from the specification on purpose. */
const onPurpose: Record<number, string> = {
  602: 'a bare address is a link, as in GFM',
  608: 'a bare address is a link, as in GFM',
  611: 'a bare address is a link, as in GFM',
  612: 'a bare mail address is a link, as in GFM',
};

/** Headings carry a name to link to, and code its colours: neither is what the specification speaks of. */
const plain = (html: string) =>
  html
    .replace(/<(h[1-6]) id="h-[^"]*">/g, '<$1>')
    .replace(/<\/?span(?: class="hljs-[^"]*")?>/g, '')
    // A blank between two tags of blocks means nothing.
    .replace('<blockquote></blockquote>', '<blockquote>\n</blockquote>');

test('the specification has its examples', () => expect(examples.length).toBe(652));

test.each(examples.filter(({ number }) => onPurpose[number] === undefined))(
  'example $number, $section',
  ({ markdown, html }) => {
    expect(plain(parseMarkdown(markdown))).toBe(html);
  },
);

test('what the sanitiser takes from the examples is HTML that does something, nothing else', () => {
  const taken = new Set<string>();
  for (const { markdown } of examples) {
    const before = namesIn(parseMarkdown(markdown));
    const after = namesIn(renderMarkdown(markdown).html);
    for (const name of before) if (!after.has(name)) taken.add(name);
  }
  expect([...taken].sort()).toEqual([
    'b2',
    'bab',
    'bar',
    'c2c',
    'div',
    'em',
    'foo',
    'h1',
    'img',
    'responsive',
    'script',
    'style',
    'textarea',
    'warning',
  ]);
});

const namesIn = (html: string) =>
  new Set([...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name]) => (name ?? '').toLowerCase()));
