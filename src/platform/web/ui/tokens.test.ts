import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--el-([\w-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}));/g)].map(
    ([, name, light, dark, both]) =>
      [name, { light: light ?? both ?? '', dark: dark ?? both ?? '' }] as const,
  ),
);

const grounds = ['bg', 'surface', 'raised'];
const pairs = [
  ...['text', 'dim', 'brand', 'brand-strong', 'accent', 'bad', 'good', 'busy', 'warn'].flatMap((word) =>
    grounds.map((ground) => [word, ground]),
  ),
  ...['text', 'dim'].map((word) => [word, 'code-bg']),
  ['text', 'sunken'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-strong'],
  ['brand-strong', 'brand-soft'],
  ...['good', 'busy', 'warn', 'bad', 'idle'].map((state) => [state, `${state}-bg`]),
  ...['nav-text', 'nav-dim', 'nav-strong'].flatMap((word) =>
    ['nav-bg', 'nav-bg-2'].map((ground) => [word, ground]),
  ),
  ['nav-strong', 'nav-active'],
] as [string, string][];

test.each(pairs)('%s is legible on %s in light and dark', (word, ground) => {
  for (const scheme of ['light', 'dark'] as const) {
    const contrast = contrastOf(tokens.get(word)?.[scheme] ?? '', tokens.get(ground)?.[scheme] ?? '');
    expect(contrast, `${word} on ${ground}, ${scheme}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('the edges of fields stand out from their ground', () => {
  for (const scheme of ['light', 'dark'] as const) {
    const line = tokens.get('line-strong')?.[scheme] ?? '';
    expect(contrastOf(line, tokens.get('surface')?.[scheme] ?? '')).toBeGreaterThanOrEqual(3);
  }
});

// WCAG 2.2, relative luminance.
function contrastOf(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = NaN, g = NaN, b = NaN] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
