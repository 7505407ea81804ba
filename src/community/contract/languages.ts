import type { Locale } from '#src/platform/contract/i18n.ts';

const names = new Map<Locale, Intl.DisplayNames>();

/** The name of a spoken language in a language: `zh` is Chinese, 中文. */
export function languageNameOf(code: string, locale: Locale): string {
  const known = names.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language' });
  names.set(locale, known);
  return known.of(code) ?? code;
}
