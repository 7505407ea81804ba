import type { SponsorIncome } from '#src/community/contract/sponsorships.ts';

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

/** Of fewer sponsors no sum is published: each of two could tell from it what the other paid. */
export const fewestSponsors = 3;

type Source = SponsorIncome['sources'][number];

/**
 * Income by the kinds of organisations that paid, the largest first; kinds with too few sponsors go together, with the smallest
 * of the others where they are still too few. Undefined when so few paid that not even the sum is published.
 */
export function sourcesOf(kinds: readonly Source[]): Source[] | undefined {
  const count = (of: readonly Source[]) => of.reduce((sum, one) => sum + one.sponsors, 0);
  const sorted = kinds.toSorted((a, b) => b.sponsors - a.sponsors || a.kind.localeCompare(b.kind));
  let kept = sorted.filter(({ sponsors }) => sponsors >= fewestSponsors);
  let rest = sorted.filter(({ sponsors }) => sponsors < fewestSponsors);
  while (rest.length > 0 && count(rest) < fewestSponsors) {
    const last = kept.at(-1);
    if (!last) return undefined;
    [kept, rest] = [kept.slice(0, -1), [...rest, last]];
  }
  const minor = rest.reduce((sum, one) => sum + one.minor, 0);
  const named = kept.toSorted((a, b) => b.minor - a.minor);
  return rest.length === 0 ? named : [...named, { kind: 'other', sponsors: count(rest), minor }];
}
