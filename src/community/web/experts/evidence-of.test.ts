import { expect, test } from 'vitest';
import { evidenceOf } from './evidence-of.ts';

test('a line is a post or an address, with what it shows', () => {
  expect(evidenceOf('12 On vacuum\n\n #13\nhttps://example.com/talk  A  talk')).toEqual([
    { postId: 12, note: 'On vacuum' },
    { postId: 13, note: '' },
    { url: 'https://example.com/talk', note: 'A talk' },
  ]);
});
