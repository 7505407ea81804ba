import { expect, test } from 'vitest';
import { harmIn, hostileInputs } from '#tests/support/hostile-inputs.ts';
import { renderMarkdown } from './render-markdown.ts';

test('there are two hundred of them, each another', () => {
  expect(new Set(hostileInputs.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
});

test.each(hostileInputs)('$name comes out harmless, alone and in the middle of words', ({ text }) => {
  for (const around of [text, `Some words ${text} and more.\n\n- ${text}\n\n> ${text}\n`]) {
    const started = performance.now();
    const { html, excerpt } = renderMarkdown(around);
    expect(harmIn(html)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(3000);
    // The excerpt is text: whoever shows it escapes it.
    expect(excerpt.isWellFormed()).toBe(true);
  }
});

test('the judge itself sees harm where there is some', () => {
  const raw = hostileInputs
    .filter(({ text }) => text.startsWith('<') && !text.startsWith('<p>'))
    .map(({ text }) => text);
  const missed = raw.filter((text) => harmIn(text).length === 0);
  expect(missed.length / raw.length).toBeLessThan(0.2);
});

test('a link that shows another site says where it leads', () => {
  const shown = (text: string) =>
    renderMarkdown(text)
      .html.replace(/<[^>]+>/g, '')
      .trim();
  expect(shown('[https://www.postgresql.org](https://evil.example/)')).toBe(
    'https://www.postgresql.org (evil.example)',
  );
  expect(shown('[www．postgresql．org](https://evil.example/)')).toContain('(evil.example)');
  expect(shown('<a href="https://evil.example/"><b>postgresql.org</b></a>')).toBe(
    'postgresql.org (evil.example)',
  );
  expect(shown('[PostgreSQL](https://www.p\u043estgresql.org/)')).toContain('(www.xn--pstgresql-02h.org)');
  expect(shown('https://www.p\u043estgresql.org/')).toMatch(/^https:\/\/www\.xn--/);
  expect(shown('[https://www.postgresql.org/docs](https://www.postgresql.org/docs/18/)')).toBe(
    'https://www.postgresql.org/docs',
  );
  expect(shown('[the docs](https://www.postgresql.org/docs/18/)')).toBe('the docs');
});
