import { expect, test } from 'vitest';
import { planRestore } from './plan-restore.ts';
import type { Known } from './queries.ts';
import { nameWal } from './window.rules.ts';

const second = (n: number) => new Date(Date.UTC(2026, 10, 30, 11, 0, n));
/** One backup that ended at second 20, and the WAL up to its end and a segment on. */
const known: Known = {
  planId: 'p',
  stanza: 'orders',
  pgVersion: 17,
  processMax: 1,
  repositories: [{ id: 'r', name: 'local', position: 1 }],
  backups: [
    {
      repo: 1,
      label: '20261130-110010F',
      kind: 'full',
      startedAt: second(10),
      stoppedAt: second(20),
      startWal: nameWal(1, 5),
      stopWal: nameWal(1, 6),
      databaseBytes: 1e9,
      hasErrors: false,
    },
  ],
  runs: [{ repo: 1, firstWal: nameWal(1, 5), lastWal: nameWal(1, 7), lastAt: second(40) }],
  marks: [],
  forks: [],
  speeds: { restoreBytesPerSecond: null, replayBytesPerSecond: null },
  seenAt: second(50),
};

test('the end of a backup is a moment that needs no commit after it: the backup brings itself there', () => {
  const end = planRestore(known, { at: second(20).toISOString() });
  expect(end).toMatchObject({ at: null, isNewest: false, choice: { lastWal: nameWal(1, 6) } });
  const mark = { beganAt: second(30), at: second(30), wal: nameWal(1, 7) };
  const later = planRestore({ ...known, marks: [mark] }, { at: second(25).toISOString() });
  expect(later).toMatchObject({ at: second(25), choice: { lastWal: nameWal(1, 7) } });
});
