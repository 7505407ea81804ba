import type { ValueFigure } from '#src/community/contract/value.ts';
import { valuePageText as text } from '#src/community/contract/value.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Format } from '#src/platform/web/format.ts';
import { moneyIn } from '../organisations/money.ts';

/** An amount as a reader says it: 340 points, 2.5 h, ¥1,500.00. */
export function amountOf(amount: number, unit: string, format: Format, locale: Locale): string {
  if (unit === 'points') return text.points(format.number(amount))[locale];
  if (unit === 'minutes') return text.hours(format.number(hoursIn(amount)))[locale];
  if (unit === 'reads') return text.reads(format.number(amount))[locale];
  if (unit === 'plays') return text.plays(format.number(amount))[locale];
  return moneyIn(amount, unit, locale);
}

const hoursIn = (minutes: number) => Math.round(minutes / 6) / 10;

/** What stands over the name of a number: what its rows sum to where that is what matters, else how many there are. */
export function headlineOf({ name, rows, sums }: ValueFigure, format: Format, locale: Locale): string {
  const counts = name === 'bounties-paid' || name === 'bounties-won' || name === 'orders';
  if (counts || sums.length === 0) return format.number(rows);
  return sums
    .map(({ amount, unit }) =>
      ['points', 'reads', 'plays'].includes(unit)
        ? format.number(amount)
        : amountOf(amount, unit, format, locale),
    )
    .join(' + ');
}
