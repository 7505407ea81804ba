import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expiry, type KeptBackup } from './retention.rules.ts';

const dayMs = 24 * 3600 * 1000;
const now = new Date('2026-11-22T12:00:00Z');
const label = (at: Date) => `${at.toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15)}`;
const daysAgo = (days: number) => new Date(now.getTime() - days * dayMs);

function full(days: number): KeptBackup {
  const endedAt = daysAgo(days);
  return { label: `${label(endedAt)}F`, type: 'full', prior: null, endedAt };
}
function diff(of: KeptBackup, days: number): KeptBackup {
  const endedAt = daysAgo(days);
  return { label: `${of.label}_${label(endedAt)}D`, type: 'diff', prior: of.label, endedAt };
}

test('a year of weekly full and daily differential backups', () => {
  const fulls = Array.from({ length: 52 }, (_, week) => full(week * 7));
  const all = fulls.flatMap((f, week) => [
    f,
    ...[1, 2, 3, 4, 5, 6].map((d) => diff(f, week * 7 - d)).filter((d) => d.endedAt <= now),
  ]);
  const { remove, archiveFulls } = expiry(all, { days: 14, weeks: 4, months: 6 }, now);
  // Today's, last week's, and the one of fourteen days ago, from which the first second of the window is reached.
  expect(archiveFulls).toBe(3);
  const removed = new Set(remove);
  const keptFulls = fulls
    .filter((f) => !removed.has(f.label))
    .map((f) => f.endedAt.toISOString().slice(0, 10));
  expect(keptFulls).toEqual([
    '2026-11-22',
    '2026-11-15',
    '2026-11-08',
    '2026-11-01', // Sunday: first of November, and of its week
    '2026-10-04',
    '2026-09-06',
    '2026-08-02',
    '2026-07-05',
    '2026-06-07',
  ]);
  // Differentials of a full backup that stays alone go by themselves, those of one that goes are not named.
  const first = fulls[3]!;
  expect(remove.filter((l) => l.startsWith(first.label))).toHaveLength(6);
  expect(remove.filter((l) => l.startsWith(`${fulls[4]!.label}`))).toEqual([fulls[4]!.label]);
});

test('the last full backup stays, however old', () => {
  expect(expiry([full(400)], { days: 1, weeks: 0, months: 0 }, now)).toEqual({ remove: [], archiveFulls: 1 });
});

test('whatever is taken when, every second of the window stays recoverable and dependents never lose their base', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: 12 }),
      (days, windowDays, weeks, months) => {
        const fulls = days.map(full);
        const all = fulls.flatMap((f, i) => [f, diff(f, Math.max(0, days[i]! - 0.5))]);
        const { remove, archiveFulls } = expiry(all, { days: windowDays, weeks, months }, now);
        const gone = (b: KeptBackup) => remove.some((l) => b.label === l || b.label.startsWith(`${l}_`));
        const newestFirst = fulls.toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime());
        const base = newestFirst.find((f) => f.endedAt <= daysAgo(windowDays)) ?? newestFirst.at(-1)!;
        for (const backup of all.filter(
          (b) => b.endedAt >= base.endedAt && b.label.slice(0, 16) >= base.label,
        ))
          expect(gone(backup)).toBe(false);
        expect(newestFirst.indexOf(base)).toBe(archiveFulls - 1);
      },
    ),
  );
});
