/** What was paid for a year, in the currency in which levels are counted. */
export type Payment = { year: number; minor: number };
export type Run = { from: number; until: number; totalMinor: number };

/**
 * The latest unbroken run of years in which an organisation sponsored, as it stands in a year: it ends in that year, or in the
 * one before while this year's payment may still come. Undefined once a whole year was missed. Years to come do not count.
 */
export function latestRun(payments: readonly Payment[], inYear: number): Run | undefined {
  const byYear = new Map<number, number>();
  for (const { year, minor } of payments) byYear.set(year, (byYear.get(year) ?? 0) + minor);
  const paid = (year: number) => (byYear.get(year) ?? 0) > 0;
  const until = [inYear, inYear - 1].find(paid);
  if (until === undefined) return undefined;
  let [from, totalMinor] = [until, 0];
  for (let year = until; paid(year); year--) {
    from = year;
    totalMinor += byYear.get(year) ?? 0;
  }
  return { from, until, totalMinor };
}

/** The highest band that a sum reaches, by its place, and the one above it; bands go from the lowest up. */
export function bandOf<B extends { atLeastMinor: number }>(
  totalMinor: number,
  bands: readonly B[],
): { band: B | undefined; next: B | undefined } {
  const place = bands.findLastIndex(({ atLeastMinor }) => totalMinor >= atLeastMinor);
  return { band: bands[place], next: bands[place + 1] };
}
