import { expect, test } from 'vitest';
import { ceilingOf, trendBox, trendOf } from './drill-trend.ts';

test('the picture begins at zero, so that half the height is half the time', () => {
  const day = 86_400_000;
  const { points, levels } = trendOf([
    { at: 10 * day, seconds: 240 },
    { at: 0, seconds: 120 },
    { at: 5 * day, seconds: 240 },
  ]);
  const floor = trendBox.height - trendBox.bottom;
  expect(levels.map(({ seconds }) => seconds)).toEqual([0, 120, 240]);
  expect(levels[0]?.y).toBe(floor);
  expect(points.map(({ x }) => x)).toEqual([54, 262, 470]);
  expect(floor - points[1]!.y).toBeCloseTo(2 * (floor - points[0]!.y));
  expect(points[1]?.y).toBe(trendBox.top);
});

test('levels are round, and none is too low', () => {
  for (const seconds of [0.4, 1, 3, 61, 449, 4000, 90_000, 400_000]) {
    expect(ceilingOf(seconds)).toBeGreaterThanOrEqual(seconds);
  }
  expect([ceilingOf(449), ceilingOf(61), ceilingOf(4000)]).toEqual([600, 120, 7200]);
  expect(trendOf([]).area).toBe('');
});
