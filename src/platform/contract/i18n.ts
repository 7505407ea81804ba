import { z } from 'zod';

/** The languages every text is written in. */
export const locales = ['en', 'zh-CN'] as const;
export const Locale = z.enum(locales);
export type Locale = z.infer<typeof Locale>;

/** One sentence in every language: the only form in which words for people travel and are stored. */
export const Text = z.object({ en: z.string().max(20_000), 'zh-CN': z.string().max(20_000) });
export type Text = z.infer<typeof Text>;

/** A dictionary: fixed texts and texts with parameters. The compiler refuses one that lacks a language. */
export type Texts = { readonly [key: string]: Text | ((...params: never[]) => Text) };

/** The locale a person most likely reads, from an Accept-Language header; English when nothing fits. */
export function negotiateLocale(header: string | null | undefined): Locale {
  const wishes = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const q = rest.map((r) => /^\s*q=([\d.]+)/.exec(r)?.[1]).find((v) => v !== undefined);
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter((wish) => wish.tag !== '' && wish.q > 0)
    .sort((a, b) => b.q - a.q);
  for (const wish of wishes) {
    if (wish.tag === 'zh' || wish.tag.startsWith('zh-')) return 'zh-CN';
    if (wish.tag === 'en' || wish.tag.startsWith('en-')) return 'en';
  }
  return 'en';
}

/** The language of a terminal, from the variables every Unix program reads. */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const wish = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return negotiateLocale(wish.replace(/[.@].*$/, '').replaceAll('_', '-'));
}
