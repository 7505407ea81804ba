import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf, isActive, isInWindow, localDate, silenceOf, type SilenceRow } from './rules.ts';

const at = (text: string) => new Date(text);
const silence = (more: Partial<SilenceRow>): SilenceRow => ({
  id: 'x',
  reason: 'Work',
  rule: null,
  hostId: null,
  clusterId: null,
  startsAt: at('2026-11-01T00:00:00Z'),
  endsAt: at('2026-11-01T01:00:00Z'),
  repeats: null,
  ...more,
});

test('a silence holds from its beginning up to its end, for what it covers', () => {
  const one = silence({ rule: 'disk-nearly-full', hostId: 'h1' });
  const alert = { rule: 'disk-nearly-full', hostId: 'h1', clusterId: 'c1' };
  expect(silenceOf([one], alert, at('2026-11-01T00:00:00Z'))).toBe(one);
  expect(silenceOf([one], alert, at('2026-11-01T01:00:00Z'))).toBeUndefined();
  expect(silenceOf([one], alert, at('2026-10-31T23:59:59Z'))).toBeUndefined();
  expect(silenceOf([one], { ...alert, hostId: 'h2' }, at('2026-11-01T00:30:00Z'))).toBeUndefined();
  expect(silenceOf([one], { ...alert, rule: 'host-silent' }, at('2026-11-01T00:30:00Z'))).toBeUndefined();
});

test('a window comes again on its days by local time, also past midnight', () => {
  // Saturday 22:30 for three hours in Shanghai.
  const repeats = { weekdays: [6], from: '22:30', minutes: 180, timeZone: 'Asia/Shanghai' };
  expect(isInWindow(repeats, at('2026-11-21T14:29:59Z'))).toBe(false);
  expect(isInWindow(repeats, at('2026-11-21T14:30:00Z'))).toBe(true);
  expect(isInWindow(repeats, at('2026-11-21T17:29:59Z'))).toBe(true);
  expect(isInWindow(repeats, at('2026-11-21T17:30:00Z'))).toBe(false);
  expect(isInWindow(repeats, at('2026-11-22T14:40:00Z'))).toBe(false);
  expect(isActive(silence({ repeats, endsAt: null }), at('2026-11-28T15:00:00Z'))).toBe(true);
  expect(isActive(silence({ repeats, endsAt: at('2026-11-25T00:00:00Z') }), at('2026-11-28T15:00:00Z'))).toBe(
    false,
  );
});

test('a window keeps its local time and length when clocks change', () => {
  const repeats = { weekdays: [0], from: '02:30', minutes: 60, timeZone: 'Europe/Berlin' };
  // 2026-03-29 02:30 does not exist; 2026-10-25 02:30 comes twice.
  expect(isInWindow(repeats, at('2026-03-29T01:30:00Z'))).toBe(true);
  expect(isInWindow(repeats, at('2026-03-29T00:30:00Z'))).toBe(false);
  expect(isInWindow(repeats, at('2026-10-25T00:30:00Z'))).toBe(true);
  expect(isInWindow(repeats, at('2026-10-25T01:30:00Z'))).toBe(false);
});

test('what clocks show at an instant of a local time is that local time', () => {
  const zones = [
    'Asia/Shanghai',
    'UTC',
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Chatham',
    'Europe/Berlin',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 0, max: 3 * 365 }),
      // Clocks change in the small hours.
      fc.integer({ min: 6, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (zone, days, hour, minute) => {
        const day = new Date(Date.UTC(2025, 0, 1 + days));
        const date = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
        const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const instant = instantOf(date, clock, zone);
        expect(localDate(instant, zone)).toEqual(date);
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone: zone,
          hour: '2-digit',
          minute: '2-digit',
        }).format(instant);
        expect(shown).toBe(clock);
      },
    ),
    { numRuns: 300 },
  );
});
