import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findMentions } from './find-mentions.ts';

test.each<[string, string[]]>([
  ['Thanks @anna-b and @lin, see @lin.', ['anna-b', 'lin']],
  ['谢谢@digoal，问题解决了', ['digoal']],
  ['write to me@example.com or x/@lin', []],
  ['`@lin` and\n\n```\n@anna\n```\n\n    @code', []],
  ['[@lin](https://example.com) but @anna', ['anna']],
  ['@Lin is the same as @lin', ['lin']],
  ['@ab-, @-ab, @a, \\@lin', ['lin']],
  ['> quoted @lin\n\n- item @anna', ['lin', 'anna']],
  ['<b title="@lin">@anna</b>', ['anna']],
])('%s calls %j', (text, handles) => {
  expect(findMentions(text)).toEqual(handles);
});

test('whatever is written, what is found are handles, each once, and not too many', () => {
  fc.assert(
    fc.property(
      fc
        .array(fc.oneof(fc.string(), fc.constant('@lin '), fc.constant('@a-b'), fc.constant('`')))
        .map((parts) => parts.join(' ')),
      (text) => {
        const found = findMentions(text);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(20);
        for (const handle of found) expect(handle).toMatch(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);
      },
    ),
  );
});
