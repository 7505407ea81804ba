import { expect, test } from 'vitest';
import { slugOf } from '../posts/slug.rules.ts';
import { renderMarkdown } from './render-markdown.ts';

test('tables, code, formulas and lists come out, scripts do not', () => {
  const { html, excerpt } = renderMarkdown(
    'Hello **world** $a^2$\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```sql\nselect 1;\n```\n\n<script>alert(1)</script><img src=x onerror=alert(1)>',
  );
  expect(html).toContain('<table>');
  expect(html).toContain('hljs-keyword');
  expect(html).toContain('<math');
  expect(html).not.toMatch(/script|onerror/);
  expect(excerpt).toMatch(/^Hello world/);
});

test('a price is no formula', () => {
  expect(renderMarkdown('from $5 to $10 a month').html).toBe('<p>from $5 to $10 a month</p>\n');
});

test('an address keeps Chinese letters and nothing that is none', () => {
  expect(slugOf('PG 索引: 怎么选?  ../x')).toBe('pg-索引-怎么选-x');
  expect(slugOf('!!!')).toBe('');
});
