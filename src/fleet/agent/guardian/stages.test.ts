import { expect, test } from 'vitest';
import { addSample, daysToFull, nextStage, reserveOf, thresholdsOf, type Sample } from './stages.ts';

const GB = 1e9;

test('thresholds follow the size of the disk, and stand in order on every disk', () => {
  expect(thresholdsOf(50 * GB)).toMatchObject({ recoverBytes: 2 * GB, readOnlyBytes: GB });
  expect(thresholdsOf(100 * GB)).toMatchObject({ recoverBytes: 7 * GB, readOnlyBytes: 5 * GB });
  expect(thresholdsOf(4000 * GB)).toMatchObject({ recoverBytes: 120 * GB, readOnlyBytes: 80 * GB });
  for (const size of [1, 4, 16, 17, 64, 65, 128, 129, 512, 513, 20_000].map((n) => n * GB)) {
    const at = thresholdsOf(size);
    expect(at.floorBytes).toBeLessThan(at.readOnlyBytes);
    expect(at.readOnlyBytes).toBeLessThan(at.releaseBytes);
    expect(at.releaseBytes).toBeLessThan(at.recoverBytes);
    expect(at.recoverBytes).toBeLessThan(at.warnBytes);
    expect(at.warnBytes).toBeLessThan(size / 2);
    // Giving the reserve up must not by itself bring writes back.
    expect(reserveOf(size)).toBeLessThan(at.recoverBytes - at.readOnlyBytes);
  }
  expect(reserveOf(GB)).toBe(0);
});

test('goes forth by stages and comes back only with room to spare', () => {
  const at = thresholdsOf(50 * GB);
  const walk = (frees: number[], said?: { writesAllowed: boolean; confirmed: boolean }) => {
    let stage = nextStage('calm', 50 * GB, at);
    return frees.map((free) => (stage = nextStage(stage, free * GB, at, said)));
  };
  expect(walk([20, 7, 1.4, 0.9, 1.1, 1.9, 2.1, 7.6, 8])).toEqual([
    'calm',
    'warned',
    'reserve-released',
    'read-only',
    'read-only',
    'read-only',
    'warned',
    'warned',
    'calm',
  ]);
  // A fast fill skips what lies between.
  expect(walk([0])).toEqual(['read-only']);
  expect(nextStage('read-only', 1.2 * GB, at, { writesAllowed: false, confirmed: true })).toBe(
    'reserve-released',
  );
  const allowed = { writesAllowed: true, confirmed: false };
  expect(walk([0.9, 0.5, 0.2, 0.3, 0.4], allowed)).toEqual([
    'reserve-released',
    'reserve-released',
    'read-only',
    'read-only',
    'reserve-released',
  ]);
});

test('days until full come from what was seen to grow', () => {
  const grow = (minutes: number, perMinute: number) => {
    let samples: Sample[] = [];
    for (let i = 0; i <= minutes; i += 1)
      samples = addSample(samples, { at: i * 60_000, used: 10 * GB + i * perMinute });
    return samples;
  };
  // 1 GB a day, 5 GB free.
  expect(daysToFull(grow(60, GB / 1440), 5 * GB)).toBeCloseTo(5, 1);
  expect(daysToFull(grow(60, 0), 5 * GB)).toBeNull();
  expect(daysToFull(grow(10, GB / 10), 5 * GB)).toBeNull();
  // A week of minutes is kept as hours, and still gives the line.
  const week = grow(7 * 1440, GB / 1440);
  expect(week.length).toBeLessThan(300);
  expect(daysToFull(week, 5 * GB)).toBeCloseTo(5, 1);
});
