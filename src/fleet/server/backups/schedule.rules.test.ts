import { expect, test } from 'vitest';
import { dueBackup, everComes, nextRun } from './schedule.rules.ts';

const next = (cron: string, zone: string, after: string) =>
  nextRun(cron, zone, new Date(after))?.toISOString();

test('a line comes by the clocks of its zone', () => {
  expect(next('0 1 * * 0', 'UTC', '2026-11-22T00:59:30Z')).toBe('2026-11-22T01:00:00.000Z');
  expect(next('0 1 * * 0', 'UTC', '2026-11-22T01:00:00Z')).toBe('2026-11-29T01:00:00.000Z');
  // One o'clock of Sunday in Shanghai is still Saturday in UTC.
  expect(next('0 1 * * 0', 'Asia/Shanghai', '2026-11-20T00:00:00Z')).toBe('2026-11-21T17:00:00.000Z');
  expect(next('*/15 * * * *', 'Asia/Kolkata', '2026-11-22T00:01:00Z')).toBe('2026-11-22T00:15:00.000Z');
  expect(next('0 0 29 2 *', 'UTC', '2026-03-01T00:00:00Z')).toBe('2028-02-29T00:00:00.000Z');
});

test('parts of a line are read as cron reads them', () => {
  const after = '2026-11-22T00:00:00Z';
  expect(next('0 4-8/2,22 * * *', 'UTC', '2026-11-22T04:00:00Z')).toBe('2026-11-22T06:00:00.000Z');
  expect(next('0 4-8/2,22 * * *', 'UTC', '2026-11-22T08:00:00Z')).toBe('2026-11-22T22:00:00.000Z');
  expect(next('0 1 * * 7', 'UTC', after)).toBe(next('0 1 * * 0', 'UTC', after));
  // The first of the month, and every Friday.
  expect(next('0 0 1 * 5', 'UTC', after)).toBe('2026-11-27T00:00:00.000Z');
  expect(next('0 0 1 * 5', 'UTC', '2026-11-27T00:00:00Z')).toBe('2026-12-01T00:00:00.000Z');
  for (const wrong of ['60 * * * *', '* * * *', '* * 0 * *', '5-1 * * * *', '*/0 * * * *', '1,,2 * * * *'])
    expect(() => nextRun(wrong, 'UTC', new Date(after))).toThrow();
});

test('a change of the clocks neither loses a backup nor doubles it', () => {
  // Berlin, 29 March 2026: two o'clock becomes three.
  expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
  // 25 October 2026: three o'clock becomes two; half past two is there twice.
  const once = nextRun('30 2 * * *', 'Europe/Berlin', new Date('2026-10-24T12:00:00Z'))!;
  expect(once.toISOString()).toMatch(/^2026-10-25T0[01]:30/);
  const again = nextRun('30 2 * * *', 'Europe/Berlin', new Date('2026-10-25T02:00:00Z'))!;
  expect(again.toISOString()).toBe('2026-10-26T01:30:00.000Z');
});

test('of several that are due the greatest is taken, and none before its time', () => {
  const schedule = { full: '0 1 * * 0', diff: '0 1 * * *', incr: '0 * * * *', timeZone: 'UTC' };
  const due = (considered: string, now: string) => dueBackup(schedule, new Date(considered), new Date(now));
  expect(due('2026-11-22T00:30:00Z', '2026-11-22T01:00:10Z')).toBe('full');
  expect(due('2026-11-23T00:30:00Z', '2026-11-23T01:00:10Z')).toBe('diff');
  expect(due('2026-11-23T01:30:00Z', '2026-11-23T02:00:10Z')).toBe('incr');
  expect(due('2026-11-23T02:00:10Z', '2026-11-23T02:59:59Z')).toBeUndefined();
  // A worker that was away for days makes up for it once.
  expect(due('2026-11-20T00:00:00Z', '2026-11-25T00:30:00Z')).toBe('full');
});

test('a line that never comes is known', () => {
  expect(everComes('0 0 31 2 *', 'UTC')).toBe(false);
  expect(everComes('61 0 * * *', 'UTC')).toBe(false);
  expect(everComes('0 0 31 1 *', 'UTC')).toBe(true);
});
