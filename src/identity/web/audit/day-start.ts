/** The moment a day (2026-11-22) begins in a time zone, `daysLater` days on; null when it is no day. */
export function dayStart(day: string | null, timeZone: string, daysLater: number): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '');
  if (!parts) return null;
  const [, year, month, date] = parts.map(Number);
  const midnight = Date.UTC(year ?? 0, (month ?? 1) - 1, (date ?? 1) + daysLater);
  // Twice, because the zone's offset at the first guess may differ from that at the result, near a clock change.
  let guess = midnight - offsetMs(midnight, timeZone);
  guess = midnight - offsetMs(guess, timeZone);
  return new Date(guess).toISOString();
}

/** How far a zone is ahead of UTC at a moment. */
function offsetMs(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}
