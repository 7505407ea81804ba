import type { Locale } from '#src/platform/contract/i18n.ts';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: Locale): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, known);
  return known;
}

const digitsOf = (currency: string) => formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;

/** An amount in smallest units as people of a language write it: 150000 CNY is ¥1,500.00. */
export const moneyIn = (minor: number, currency: string, locale: Locale): string =>
  formatOf(currency, locale).format(minor / 10 ** digitsOf(currency));

/** An amount that a person typed in usual units, in smallest ones; NaN when it is none. */
export const minorOf = (typed: string, currency: string): number =>
  typed.trim() === '' ? Number.NaN : Math.round(Number(typed) * 10 ** digitsOf(currency));
