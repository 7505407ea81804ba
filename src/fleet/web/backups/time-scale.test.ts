import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayMs,
  isReachable,
  momentAt,
  neighboursOf,
  shareOf,
  stepOf,
  ticksOf,
  viewAround,
  viewWith,
  wholeView,
} from './time-scale.ts';
import { fromWallTime, wallTime } from '#src/platform/contract/time-zone.ts';

const at = (iso: string) => Date.parse(iso);
const spans = [
  { from: at('2026-11-01T00:00:00.400Z'), to: at('2026-11-10T03:00:00.900Z') },
  { from: at('2026-11-10T03:10:00.300Z'), to: at('2026-11-22T12:00:00Z') },
];

test('a moment means the same in the field of each zone, also around a change of the clocks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: at('2020-01-01T00:00:00Z') / 1000, max: at('2035-01-01T00:00:00Z') / 1000 }),
      fc.constantFrom('UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
      (seconds, zone) => {
        const shown = wallTime(seconds * 1000, zone);
        const read = fromWallTime(shown, zone)!;
        // The hour that comes twice reads as its first.
        expect(seconds * 1000 - read === 0 || seconds * 1000 - read === 3_600_000).toBe(true);
        expect(wallTime(read, zone)).toBe(shown);
      },
    ),
  );
  expect(fromWallTime('2026-11-22T20:00', 'Asia/Shanghai')).toBe(at('2026-11-22T12:00:00Z'));
  expect(fromWallTime('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
  expect(fromWallTime('yesterday', 'UTC')).toBeNull();
  expect(fromWallTime('2026-13-40T00:00', 'UTC')).toBeNull();
});

test('a view never leaves the whole, and follows the moment', () => {
  const whole = wholeView(spans);
  const day = viewAround(whole, whole.to, dayMs);
  expect(day.to).toBe(whole.to);
  expect(day.to - day.from).toBe(dayMs);
  expect(viewAround(whole, at('2026-11-05T00:00:00Z'), 400 * dayMs)).toBe(whole);
  expect(viewWith(whole, day, day.from + 1)).toBe(day);
  const moved = viewWith(whole, day, at('2026-11-05T00:00:00Z'));
  expect(shareOf(moved, at('2026-11-05T00:00:00Z'))).toBeCloseTo(0.5);
  expect(momentAt(moved, 0.5)).toBeCloseTo(at('2026-11-05T00:00:00Z'));
  expect([stepOf(day), stepOf({ from: 0, to: 3_600_000 })]).toEqual([300_000, 10_000]);
});

test('in a gap, the moments on its edges are offered, in whole seconds inside what is reachable', () => {
  const lost = at('2026-11-10T03:05:00Z');
  expect(isReachable(spans, lost)).toBe(false);
  const near = neighboursOf(spans, lost);
  expect(near.map((one) => new Date(one).toISOString())).toEqual([
    '2026-11-10T03:00:00.000Z',
    '2026-11-10T03:10:01.000Z',
  ]);
  expect(near.every((one) => isReachable(spans, one))).toBe(true);
  expect(neighboursOf(spans, at('2026-12-01T00:00:00Z'))).toEqual([at('2026-11-22T12:00:00Z')]);
});

test('ticks lie on round times of the reader’s clock and know their days', () => {
  const view = { from: at('2026-11-20T10:00:00Z'), to: at('2026-11-22T10:00:00Z') };
  const ticks = ticksOf(view, 'Asia/Shanghai', 9);
  const shown = ticks.map((tick) => wallTime(tick.at, 'Asia/Shanghai').slice(11, 16));
  expect(shown.join(' ')).toBe('18:00 00:00 06:00 12:00 18:00 00:00 06:00 12:00 18:00');
  expect(ticks.filter((tick) => tick.isDay).map((tick) => wallTime(tick.at, 'Asia/Shanghai'))).toEqual([
    '2026-11-21T00:00:00',
    '2026-11-22T00:00:00',
  ]);
  expect(ticksOf(wholeView(spans), 'UTC', 6).length).toBeLessThanOrEqual(6);
});
