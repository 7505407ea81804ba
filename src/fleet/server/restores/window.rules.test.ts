import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseBackup,
  estimateRestore,
  nameWal,
  readWal,
  recoverableWindow,
  type Mark,
  type WalRun,
  type WindowBackup,
} from './window.rules.ts';

const minute = (n: number) => new Date(Date.UTC(2026, 10, 22, 0, n));
/** A world in which one segment is written a minute, on timeline 1: segment n holds what was committed in minute n. */
const backupAt = (n: number, change: Partial<WindowBackup> = {}): WindowBackup => ({
  repo: 1,
  label: `20261122-${String(n).padStart(6, '0')}F`,
  kind: 'full',
  startedAt: minute(n),
  stoppedAt: minute(n + 1),
  startWal: nameWal(1, n),
  stopWal: nameWal(1, n + 1),
  databaseBytes: 1e9,
  hasErrors: false,
  ...change,
});
const run = (first: number, last: number, timeline = 1, repo = 1): WalRun => ({
  repo,
  firstWal: nameWal(timeline, first),
  lastWal: nameWal(timeline, last),
  lastAt: minute(last + 1),
});
const marks = (to: number, timeline = 1): Mark[] =>
  Array.from({ length: to }, (_, n) => ({
    beganAt: minute(n),
    at: minute(n),
    wal: nameWal(timeline, n),
  }));

test('names of segments are read and written', () => {
  expect(readWal('000000020000000A000000FE')).toEqual({ timeline: 2, segment: 10 * 256 + 254 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 0, max: 2 ** 36 }), (t, s) => {
      expect(readWal(nameWal(t, s))).toEqual({ timeline: t, segment: s });
    }),
  );
});

test('a missing segment cuts the window; the next backup opens it again', () => {
  const known = {
    backups: [backupAt(10), backupAt(40)],
    runs: [run(10, 20), run(30, 60)],
    marks: marks(70),
  };
  expect(recoverableWindow(known)).toEqual({
    ranges: [
      { from: minute(11), to: minute(20), timeline: 1, repo: 1, backups: [backupAt(10).label] },
      { from: minute(41), to: minute(60), timeline: 1, repo: 1, backups: [backupAt(40).label] },
    ],
    gaps: [{ from: minute(20), to: minute(41), missingFrom: nameWal(1, 21), missingTo: nameWal(1, 39) }],
  });
  expect(chooseBackup(known, { at: minute(25) })).toEqual({ why: 'in-gap', nearest: minute(20) });
  expect(chooseBackup(known, { at: minute(5) })).toEqual({ why: 'before-first', nearest: minute(11) });
  expect(chooseBackup(known, { at: minute(65) })).toEqual({ why: 'after-last', nearest: minute(60) });
  expect(chooseBackup(known, { at: minute(15), label: 'none' })).toMatchObject({ why: 'backup-unknown' });
  expect(chooseBackup(known, { at: minute(15), label: backupAt(40).label })).toMatchObject({
    why: 'backup-too-new',
  });
  expect(chooseBackup({ ...known, backups: [] }, {})).toEqual({ why: 'no-backup', nearest: null });
});

test('a backup whose own WAL is not whole leads nowhere', () => {
  const known = { backups: [backupAt(10)], runs: [run(0, 10)], marks: marks(30) };
  expect(recoverableWindow(known)).toEqual({ ranges: [], gaps: [] });
});

test('the window goes on over a failover, in the segment in which the old timeline stopped', () => {
  const known = {
    backups: [backupAt(10)],
    runs: [run(0, 20), run(21, 40, 2)],
    marks: [...marks(21), ...marks(50, 2).slice(21)],
  };
  const { ranges } = recoverableWindow(known);
  expect(ranges).toMatchObject([{ from: minute(11), to: minute(40), timeline: 2 }]);
  expect(chooseBackup(known, { at: minute(30) })).toMatchObject({
    timeline: null,
    firstWal: nameWal(1, 10),
    lastWal: nameWal(2, 30),
  });
});

test('what a restore to an earlier moment left behind is found on the timeline it was on', () => {
  // At minute 30 it was restored to minute 20: what was written from 20 to 30 is on timeline 1 alone.
  const known = {
    backups: [backupAt(10)],
    runs: [run(0, 30), run(20, 40, 2)],
    marks: marks(30),
    forks: [{ timeline: 2, restoredTo: minute(20), began: minute(31) }],
  };
  expect(chooseBackup(known, { at: minute(25) })).toMatchObject({ timeline: 1 });
  expect(chooseBackup(known, { at: minute(15) })).toMatchObject({ timeline: null });
});

test('the newest sound backup before the moment is taken, from the first repository that has it', () => {
  const known = {
    backups: [backupAt(10), backupAt(20, { hasErrors: true }), backupAt(15), backupAt(15, { repo: 2 })],
    runs: [run(0, 40), run(0, 40, 1, 2)],
    marks: marks(40),
  };
  expect(chooseBackup(known, { at: minute(30) })).toMatchObject({
    backup: { label: backupAt(15).label, repo: 1 },
  });
  expect(chooseBackup(known, { at: minute(30), repo: 2 })).toMatchObject({ backup: { repo: 2 } });
  expect(chooseBackup(known, { at: minute(12) })).toMatchObject({ backup: { label: backupAt(10).label } });
});

const world = fc.record({
  backups: fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 8 }),
  missing: fc.uniqueArray(fc.integer({ min: 0, max: 220 }), { maxLength: 12 }),
  at: fc.integer({ min: 0, max: 240 }),
});

test('a moment is offered exactly when a backup before it and every segment in between are there', () => {
  const last = 210;
  fc.assert(
    fc.property(world, ({ backups, missing, at }) => {
      const gone = new Set(missing);
      const runs: WalRun[] = [];
      for (let n = 0; n <= last; n++) {
        if (gone.has(n)) continue;
        const before = runs.at(-1);
        if (before && readWal(before.lastWal).segment === n - 1)
          runs[runs.length - 1] = run(readWal(before.firstWal).segment, n);
        else runs.push(run(n, n));
      }
      const known = { backups: backups.map((n) => backupAt(n)), runs, marks: marks(260) };
      const leads = (n: number) => {
        if (minute(n + 1) > minute(at)) return false;
        for (let s = n; s <= Math.max(at, n + 1); s++) if (s > last || gone.has(s)) return false;
        return true;
      };
      const best = backups.filter(leads).toSorted((a, b) => b - a)[0];
      const choice = chooseBackup(known, { at: minute(at) });
      if (best === undefined) expect(choice).toHaveProperty('why');
      else expect(choice).toMatchObject({ backup: { label: backupAt(best).label } });
      // What is refused names a nearest moment that is not refused in turn.
      if ('why' in choice && choice.nearest)
        expect(chooseBackup(known, { at: choice.nearest })).toHaveProperty('backup');
    }),
    { numRuns: 400 },
  );
});

test('ranges are apart, in order, and gaps lie between them', () => {
  fc.assert(
    fc.property(world, ({ backups, missing }) => {
      const runs = missing
        .toSorted((a, b) => a - b)
        .map((n, i, all) => run(n, Math.max(n, (all[i + 1] ?? 230) - 2)));
      const { ranges, gaps } = recoverableWindow({
        backups: backups.map((n) => backupAt(n)),
        runs,
        marks: marks(260),
      });
      for (const [i, range] of ranges.entries()) {
        expect(range.from <= range.to).toBe(true);
        if (i > 0) expect(range.from > ranges[i - 1]!.to).toBe(true);
      }
      expect(gaps.map((gap) => [gap.from, gap.to])).toEqual(
        ranges.slice(1).map((range, i) => [ranges[i]!.to, range.from]),
      );
    }),
  );
});

test('an estimate follows what was measured, and says when nothing was', () => {
  const choice = { backup: backupAt(10), firstWal: nameWal(1, 10), lastWal: nameWal(1, 19) };
  const guess = estimateRestore(choice, { restoreBytesPerSecond: null, replayBytesPerSecond: null });
  const measured = estimateRestore(choice, {
    restoreBytesPerSecond: 1e8,
    replayBytesPerSecond: 16 * 1024 ** 2,
  });
  expect(guess.measured).toBe(false);
  expect(measured).toMatchObject({ measured: true, seconds: 30, walSegments: 10 });
  expect(measured.needsBytes).toBeGreaterThan(1.1e9);
});
