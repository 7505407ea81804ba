import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { testContext } from '#tests/support/context.ts';
import type { DiffPart, History } from '#src/community/contract/revisions.ts';
import { community } from '../room.ts';
import { compareTexts } from './compare-texts.ts';

const api = testApi([community]);
await writeAtAnyPace();

const shown = (parts: DiffPart[]) =>
  parts
    .map(({ kind, text }) => (kind === 'added' ? `+${text}+` : kind === 'removed' ? `-${text}-` : text))
    .join('');

test.each([
  ['Use a hash index here', 'Use a btree index here', 'Use a -hash-+btree+ index here'],
  ['索引可以加快查询速度', '索引不能加快查询速度', '索引-可以-+不能+加快查询速度'],
  ['one\ntwo\n', 'one\ntwo\nthree\n', 'one\ntwo\n+three\n+'],
  ['', 'new', '+new+'],
  ['same', 'same', 'same'],
])('%j and %j', (before, after, wished) => {
  expect(shown(compareTexts(before, after))).toBe(wished);
});

test('what was and what is can both be read out of the difference', () => {
  const text = fc.array(fc.constantFrom('a', 'index', '索引', ' ', '\n', '，', '😀', '## '), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [before, after] = [one.join(''), other.join('')];
      const parts = compareTexts(before, after);
      const read = (left: string) =>
        parts
          .filter(({ kind }) => kind !== left)
          .map((part) => part.text)
          .join('');
      expect(read('added')).toBe(before);
      expect(read('removed')).toBe(after);
    }),
  );
});

test('long stretches without a change are left out, and hopeless texts take no seconds', () => {
  const long = 'word '.repeat(5000);
  const parts = compareTexts(`${long}old ${long}`, `${long}new ${long}`);
  expect(parts.map(({ kind }) => kind)).toEqual(['gap', 'same', 'removed', 'added', 'same', 'gap']);
  const started = performance.now();
  const noise = () => Array.from({ length: 30_000 }, () => Math.random().toString(36).slice(2, 7)).join(' ');
  compareTexts(noise(), noise());
  expect(performance.now() - started).toBeLessThan(3000);
});

test('the history of a post is for those who see the post', async () => {
  const [author, stranger] = [await testContext({ may: [] }), await testContext({ may: [] })];
  const words = { title: 'A first title', markdown: 'The first words.', locale: 'en' };
  const post = await api.call(author, 'POST', '/api/community/articles', words);
  const { id } = (await post.json()) as { id: number };
  const change = { ...words, title: 'A second title', markdown: 'The second words.', note: 'Better' };
  await api.call(author, 'PUT', `/api/community/articles/${id}`, { ...change, revision: 1 });
  const ask = (query = '', what = id, who = stranger) =>
    api.call(who, 'GET', `/api/community/revisions/${what}${query}`);
  const history = (await (await ask()).json()) as History;
  expect(history).toMatchObject({
    shown: 2,
    from: 1,
    revisions: [{ number: 2, note: 'Better' }, { number: 1 }],
  });
  expect(shown(history.markdown)).toBe('The -first-+second+ words.');
  expect(shown(history.title)).toBe('A -first-+second+ title');
  const first = (await (await ask('?number=1')).json()) as History;
  expect(shown(first.markdown)).toBe('The first words.');
  expect((await ask('?number=3')).status).toBe(404);
  const later = new Date(Date.now() + 3600_000).toISOString();
  const hidden = await api.call(author, 'POST', '/api/community/articles', {
    ...words,
    markdown: 'Not yet.',
    publishAt: later,
  });
  const { id: waiting } = (await hidden.json()) as { id: number };
  expect((await ask('', waiting)).status).toBe(404);
  expect((await ask('', waiting, author)).status).toBe(200);
});
