import fc from 'fast-check';
import { expect, test } from 'vitest';
import { organisationKinds } from '#src/community/contract/organisations.ts';
import { bandOf, fewestSponsors, latestRun, sourcesOf } from './rules.ts';

/** One unit for each year named. */
const years = (...all: number[]) => all.map((year) => ({ year, minor: 1 }));
const to = (from: number, until: number) =>
  Array.from({ length: until - from + 1 }, (_, at) => ({ year: from + at, minor: 1 }));

test.each([
  ['the example of the community', [...years(2015), ...to(2017, 2020)], 2020, [2017, 2020, 4]],
  ['the year after, not paid yet', [...years(2015), ...to(2017, 2020)], 2021, [2017, 2020, 4]],
  ['a whole year missed', [...years(2015), ...to(2017, 2020)], 2022, undefined],
  ['begun anew after a missed year', [...to(2017, 2020), ...years(2022)], 2022, [2022, 2022, 1]],
  ['seen in 2019', [...years(2015), ...to(2017, 2020)], 2019, [2017, 2019, 3]],
  ['seen in the gap: last year counts', [...years(2015), ...to(2017, 2020)], 2016, [2015, 2015, 1]],
  ['seen in 2015', [...years(2015), ...to(2017, 2020)], 2015, [2015, 2015, 1]],
  ['seen before anything', [...years(2015), ...to(2017, 2020)], 2014, undefined],
  ['nothing ever', [], 2020, undefined],
  ['this year only', years(2020), 2020, [2020, 2020, 1]],
  ['last year only', years(2019), 2020, [2019, 2019, 1]],
  ['the year before last only', years(2018), 2020, undefined],
  ['only a year to come', years(2021), 2020, undefined],
  ['this year and one to come', years(2020, 2021), 2020, [2020, 2020, 1]],
  ['one to come does not bridge a gap', years(2018, 2021), 2020, undefined],
  ['two payments in one year', [...years(2020), ...years(2020)], 2020, [2020, 2020, 2]],
  ['in no order', years(2020, 2018, 2019), 2020, [2018, 2020, 3]],
  ['twenty years', to(2001, 2020), 2020, [2001, 2020, 20]],
  ['a gap each second year', years(2014, 2016, 2018, 2020), 2020, [2020, 2020, 1]],
  [
    'a payment that was taken back breaks the run',
    [...to(2018, 2020), { year: 2019, minor: -1 }],
    2020,
    [2020, 2020, 1],
  ],
  [
    'one of two of a year taken back does not',
    [...to(2018, 2020), { year: 2019, minor: 5 }, { year: 2019, minor: -1 }],
    2020,
    [2018, 2020, 7],
  ],
  [
    'this year taken back: last year’s run stands',
    [...to(2018, 2020), { year: 2020, minor: -1 }],
    2020,
    [2018, 2019, 2],
  ],
  ['across a century', to(2098, 2100), 2100, [2098, 2100, 3]],
  ['a long run, then a gap, then a long run', [...to(2001, 2010), ...to(2012, 2020)], 2020, [2012, 2020, 9]],
  ['paid in advance, seen in the year', [...to(2019, 2021)], 2021, [2019, 2021, 3]],
] as const)('%s', (_, payments, inYear, expected) => {
  const run = latestRun(payments, inYear);
  expect(run && [run.from, run.until, run.totalMinor]).toEqual(expected);
});

test('the sum of a run is what was paid in its years, and no year in it is empty', () => {
  const payment = fc.record({
    year: fc.integer({ min: 2010, max: 2025 }),
    minor: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(payment), fc.integer({ min: 2010, max: 2026 }), (payments, inYear) => {
      const run = latestRun(payments, inYear);
      const paid = new Set(payments.map(({ year }) => year));
      if (!run) {
        expect(paid.has(inYear) || paid.has(inYear - 1)).toBe(false);
        return;
      }
      expect(run.until).toBeLessThanOrEqual(inYear);
      expect(paid.has(run.from - 1)).toBe(false);
      for (let year = run.from; year <= run.until; year++) expect(paid.has(year)).toBe(true);
      const inRun = payments.filter(({ year }) => year >= run.from && year <= run.until);
      expect(run.totalMinor).toBe(inRun.reduce((sum, { minor }) => sum + minor, 0));
    }),
  );
});

const bands = [{ atLeastMinor: 100 }, { atLeastMinor: 500 }, { atLeastMinor: 2000 }];
test.each([
  [0, undefined, 100],
  [99, undefined, 100],
  [100, 100, 500],
  [499, 100, 500],
  [500, 500, 2000],
  [1_000_000, 2000, undefined],
])('a sum of %i is in the band from %s on, and the next begins at %s', (total, band, next) => {
  const found = bandOf(total, bands);
  expect([found.band?.atLeastMinor, found.next?.atLeastMinor]).toEqual([band, next]);
});

test('sources add up to what was paid, and none of them tells what one sponsor paid', () => {
  const kinds = fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom(...organisationKinds),
      sponsors: fc.integer({ min: 1, max: 6 }),
      minor: fc.integer({ min: 1, max: 1_000_000 }),
    }),
    { selector: ({ kind }) => kind },
  );
  fc.assert(
    fc.property(kinds, (given) => {
      const sum = (of: readonly { sponsors: number; minor: number }[]) =>
        of.reduce((all, one) => [all[0]! + one.sponsors, all[1]! + one.minor], [0, 0]);
      const sources = sourcesOf(given);
      if (sources) expect(sum(sources)).toEqual(sum(given));
      else expect(sum(given)[0]).toBeLessThan(fewestSponsors);
      for (const { sponsors } of sources ?? []) expect(sponsors).toBeGreaterThanOrEqual(fewestSponsors);
    }),
  );
});
