import { expect, test } from 'vitest';
import { dayStart } from './day-start.ts';

test('a day begins where its reader lives, also when the clock changes', () => {
  expect(dayStart('2026-11-22', 'UTC', 0)).toBe('2026-11-22T00:00:00.000Z');
  expect(dayStart('2026-11-22', 'Asia/Shanghai', 0)).toBe('2026-11-21T16:00:00.000Z');
  expect(dayStart('2026-11-22', 'Asia/Shanghai', 1)).toBe('2026-11-22T16:00:00.000Z');
  expect(dayStart('2026-03-29', 'Europe/Berlin', 0)).toBe('2026-03-28T23:00:00.000Z');
  expect(dayStart('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z');
  expect(dayStart('2026-12-31', 'America/New_York', 1)).toBe('2027-01-01T05:00:00.000Z');
  expect(dayStart('yesterday', 'UTC', 0)).toBe(null);
  expect(dayStart(null, 'UTC', 0)).toBe(null);
});
