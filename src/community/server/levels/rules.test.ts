import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LevelTerms } from '#src/community/contract/levels.ts';
import { type Kept, levelOf, missingTo, reachedLevel, reviewLevel } from './rules.ts';

const { levels } = LevelTerms.parse({});
const now = new Date('2026-06-01T00:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 24 * 3600_000);
const terms = { now, graceDays: 90, highest: levels.length - 1 };

test.each([
  [0, 0, 0],
  [-20, -20, 0],
  [99, 99, 0],
  [100, 0, 1],
  [499, 499, 1],
  [500, 49, 1],
  [500, 50, 2],
  [2000, 199, 2],
  [2000, 200, 3],
  [9999, 9999, 3],
  [10_000, 499, 3],
  [10_000, 500, 4],
  [1_000_000, 0, 1],
])('a reputation of %i with %i of it from this year reaches level %i', (growth, yearly, place) => {
  expect(reachedLevel({ growth, yearly }, levels)).toBe(place);
});

test.each<[string, Kept | undefined, number, Kept]>([
  ['the first look', undefined, 2, { level: 2, fallsAt: null }],
  ['a rise holds at once', { level: 1, fallsAt: null }, 3, { level: 3, fallsAt: null }],
  ['what falls is kept for 90 days', { level: 3, fallsAt: null }, 1, { level: 3, fallsAt: inDays(90) }],
  ['and not longer by another look', { level: 3, fallsAt: inDays(5) }, 1, { level: 3, fallsAt: inDays(5) }],
  ['then it falls', { level: 3, fallsAt: inDays(-1) }, 1, { level: 1, fallsAt: null }],
  ['made good before, it stays', { level: 3, fallsAt: inDays(5) }, 3, { level: 3, fallsAt: null }],
  [
    'a level that is no more falls to the highest',
    { level: 9, fallsAt: null },
    4,
    { level: 4, fallsAt: null },
  ],
])('%s', (_, kept, reached, after) => {
  expect(reviewLevel(kept, reached, terms)).toEqual(after);
});

test('a level is what is reached or still kept', () => {
  expect(levelOf(1, { level: 3, fallsAt: inDays(1) }, now, 4)).toBe(3);
  expect(levelOf(1, { level: 3, fallsAt: inDays(-1) }, now, 4)).toBe(1);
  expect(levelOf(4, { level: 3, fallsAt: null }, now, 4)).toBe(4);
  expect(levelOf(2, undefined, now, 4)).toBe(2);
});

test('whoever gives what is missing reaches the next level, and with one less does not', () => {
  const figure = fc.integer({ min: 0, max: 12_000 });
  fc.assert(
    fc.property(figure, figure, (growth, part) => {
      const standing = { growth, yearly: Math.min(part, growth) };
      const place = reachedLevel(standing, levels);
      const next = levels[place + 1];
      if (!next) return;
      const missing = missingTo(next, standing);
      const more = Math.max(missing.growth, missing.yearly);
      const after = (points: number) => ({ growth: growth + points, yearly: standing.yearly + points });
      expect(reachedLevel(after(more), levels)).toBeGreaterThan(place);
      expect(reachedLevel(after(more - 1), levels)).toBe(place);
    }),
  );
});
