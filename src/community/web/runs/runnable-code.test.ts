import { expect, test } from 'vitest';
import type { RunResult } from '#src/community/contract/runs.ts';
import { renderMarkdown } from '#src/community/server/markdown/render-markdown.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { formatFor } from '#src/platform/web/format.ts';
import { harmIn } from '#tests/support/hostile-inputs.ts';
import { hasRunnables, withRuns } from './runnable-code.ts';

const reader = (locale: Locale) => ({
  t: (text: Record<Locale, string>) => text[locale],
  format: formatFor(locale, 'UTC'),
});
const result = (more: Partial<RunResult>): RunResult => ({
  engine: 'sandbox',
  major: 17,
  version: '17.9',
  ranAt: '2026-11-29T10:00:00.000Z',
  verdict: null,
  digest: 'a',
  columns: ['answer'],
  rows: [['42']],
  rowCount: 1,
  error: null,
  ...more,
});
const { html, runnables } = renderMarkdown(
  'Look:\n\n```sql setup\ncreate table t (a int);\n```\n\n- ```sql run pg=17\n  select 42 as answer\n  ```\n',
);
const shown = (results: RunResult[], locale: Locale = 'en', more = {}) =>
  withRuns(
    html,
    [{ hash: runnables[0]?.hash ?? '', isProof: false, results, waiting: [], absent: [], ...more }],
    reader(locale),
  );

test('blocks stand in their elements wherever Markdown let them; the set-up is folded away', () => {
  expect(hasRunnables(html)).toBe(true);
  expect(hasRunnables('<p>select 1</p>')).toBe(false);
  const page = shown([]);
  expect(page).toContain('<details class="com-run-setup"><summary>Set-up</summary><pre tabindex="0">');
  expect(page).toMatch(
    /<li>\s*<elepherd-run-sql class="com-run" data-run="[0-9a-f]{16}"[^>]*><pre tabindex="0">/,
  );
  const words = /words="([^"]*)"/.exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '';
  expect(JSON.parse(words)).toMatchObject({ run: 'Run', stop: 'Stop' });
});

test('the same result on several versions stands there once; another one beside it, with what became of the block', () => {
  const same = shown([result({}), result({ major: 18, version: '18.4', verdict: 'held' })]);
  expect(same.match(/<table>/g)).toHaveLength(1);
  expect(same).toContain('still true on 18');
  expect(same).toContain('PostgreSQL 17.9 · <time datetime="2026-11-29T10:00:00.000Z"');
  expect(same).toContain('>Nov 29, 2026</time>');
  const other = shown(
    [result({}), result({ major: 18, version: '18.4', verdict: 'broke', digest: 'b', rows: [['43']] })],
    'zh-CN',
  );
  expect(other.match(/<table>/g)).toHaveLength(2);
  expect(other).toContain('在 18 上已失效');
  expect(other).toContain('<td>43</td>');
});

test('it says what did not run here, and what came out is text', () => {
  expect(shown([], 'en', { absent: [16, 17] })).toContain('Not run here on PostgreSQL 16, 17');
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
  const page = shown([
    result({ columns: [hostile], rows: [[hostile], [null]], version: hostile }),
    result({ digest: 'c', error: { sqlstate: '42P01', message: hostile } }),
  ]);
  const results = page.slice(
    page.indexOf('<div class="com-run-result">'),
    page.indexOf('</elepherd-run-sql>'),
  );
  // What the page itself puts there is not on the list of what a member may write.
  const own = /^(?:class com-|<time>)/;
  expect(harmIn(results).filter((harm) => !own.test(harm))).toEqual([]);
  expect(page).toContain('<td class="com-run-null">NULL</td>');
});
