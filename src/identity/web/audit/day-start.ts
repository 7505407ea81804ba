import { offsetOf } from '#src/platform/contract/time-zone.ts';

/** The moment a day (2026-11-22) begins in a time zone, `daysLater` days on; null when it is no day. */
export function dayStart(day: string | null, timeZone: string, daysLater: number): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!parts) return null;
  const [, year, month, date] = parts.map(Number);
  const midnight = Date.UTC(year ?? 0, (month ?? 1) - 1, (date ?? 1) + daysLater);
  // Twice, because the zone's offset at the first guess may differ from that at the result, near a clock change.
  let guess = midnight - offsetOf(midnight, timeZone);
  guess = midnight - offsetOf(guess, timeZone);
  return new Date(guess).toISOString();
}
