import { hash } from 'node:crypto';
import { serialize } from 'node:v8';
import { createElement as h, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createSharedPages, OwnPlaceProvider, useOwnPlace } from './shared-page.tsx';

const mark = '<!--4b1f-->';

function Menu({ name }: { name: string }) {
  const place = useOwnPlace();
  return place === null ? h('nav', {}, name) : h('nav', { dangerouslySetInnerHTML: { __html: place } });
}

/** Pages of a site with a menu that is the reader's own, and how often one was drawn. */
function site(charactersAtMost = 100_000) {
  let drawings = 0;
  const share = createSharedPages({
    place: mark,
    keyOf: (given) => {
      try {
        return hash('sha256', serialize(given), 'base64');
      } catch {
        return null;
      }
    },
    charactersAtMost,
  });
  const read = (given: unknown, name: string, body: ReactElement | string) =>
    share({
      given,
      page: (place) => {
        drawings += 1;
        return renderToStaticMarkup(
          h(OwnPlaceProvider, { value: place }, h('div', {}, h(Menu, { name: '' }), body)),
        );
      },
      ownGiven: name,
      own: () => renderToStaticMarkup(h('b', {}, name)),
    });
  return { read, drawings: () => drawings };
}
const textOf = (pieces: ReturnType<ReturnType<typeof site>['read']>) =>
  pieces?.map(({ text }) => text).join('');

test('a page is drawn once for two readers who are given the same, each with their own menu', () => {
  const { read, drawings } = site();
  const [ada, bo] = ['Ada', 'Bo'].map((name) => read({ title: 'Locks' }, name, 'Locks'));
  expect(textOf(ada!)).toBe('<div><nav><b>Ada</b></nav>Locks</div>');
  expect(textOf(bo!)).toBe('<div><nav><b>Bo</b></nav>Locks</div>');
  expect(drawings()).toBe(1);
  // The same objects, so that they are packed once.
  expect(bo![0]).toBe(ada![0]);
});

test.each([
  ['a vote of the reader', { vote: 0 }, { vote: 1 }],
  ['what JSON does not show', { runs: new Map([[1, 'kept']]) }, { runs: new Map([[1, 'broken']]) }],
  ['a time', { at: new Date(0) }, { at: new Date(1) }],
  ['nothing and undefined', { typed: undefined }, { typed: null }],
])('%s makes another page', (_, one, other) => {
  const { read } = site();
  expect(textOf(read(one, 'Ada', 'first'))).toContain('first');
  expect(textOf(read(other, 'Ada', 'second'))).toContain('second');
});

test('what cannot be told apart is not shared, nor a page without the place or with two', () => {
  const { read } = site();
  expect(read({ act: () => 1 }, 'Ada', 'page')).toBeNull();
  expect(read({ twice: 1 }, 'Ada', h(Menu, { name: '' }))).toBeNull();
  const share = createSharedPages({ place: mark, keyOf: () => 'one', charactersAtMost: 1000 });
  expect(share({ given: {}, page: () => '<p>no menu</p>', ownGiven: 1, own: () => 'Ada' })).toBeNull();
});

test('memory has an end', () => {
  const { read, drawings } = site(2000);
  for (let page = 0; page < 100; page++) read({ page }, 'Ada', `page ${page}`);
  read({ page: 99 }, 'Ada', 'page 99');
  expect(drawings()).toBe(100);
  read({ page: 0 }, 'Ada', 'page 0');
  expect(drawings()).toBe(101);
});
