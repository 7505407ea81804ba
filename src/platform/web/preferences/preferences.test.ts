import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPreferences, safeBack } from './preferences.ts';

test('goes back to a path of this site', () => {
  expect(safeBack('/operations?cursor=a#log')).toBe('/operations?cursor=a#log');
});

test.each([
  ['another site', 'https://evil.example/'],
  ['another site without a scheme', '//evil.example/'],
  ['another site by backslashes', '/\\evil.example'],
  ['another site after normalising', '/..//evil.example'],
  ['a script', 'javascript:alert(1)'],
  ['a tab in the slashes', '/\t/evil.example'],
  ['nothing', null],
  ['a very long path', `/${'a'.repeat(3000)}`],
])('goes to the front page instead of %s', (_, back) => {
  expect(safeBack(back)).toBe('/');
});

test('never leads to another host, whatever is asked', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '..',
    '.',
    'evil.example',
    '@',
    ':',
    '?',
    '#',
    '\t',
    '\n',
    '%2f',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const url = new URL(safeBack(`/${pieces.join('')}`), 'https://here.example');
      return url.host === 'here.example';
    }),
    { numRuns: 2000 },
  );
});

test('reads language, colours and time zone from cookies', () => {
  const cookies = 'a=b; elepherd_locale=zh-CN; elepherd_scheme=dark; elepherd_tz=Asia%2FShanghai';
  expect(readPreferences(cookies)).toEqual({ locale: 'zh-CN', scheme: 'dark', timeZone: 'Asia/Shanghai' });
});

test('takes a foreign value for unsaid', () => {
  const cookies = 'elepherd_locale=xx; elepherd_scheme=pink; elepherd_tz=%E0%A4%A';
  expect(readPreferences(cookies)).toEqual({ locale: null, scheme: 'auto', timeZone: null });
  expect(readPreferences('elepherd_tz=Mars/Olympus').timeZone).toBeNull();
});
