import { expect, test } from 'vitest';
import type { LockSession } from '#src/fleet/contract/activity.ts';
import { lockTree } from './rules.ts';

const session = (pid: number, blockedBy: number[] = [], stateSeconds = 1): LockSession => ({
  pid,
  blockedBy,
  user: 'app',
  database: 'app',
  application: '',
  client: '',
  state: 'active',
  waitsFor: '',
  wants: '',
  transactionSeconds: 1,
  stateSeconds,
  statement: '',
});
const told = (sessions: LockSession[]) =>
  lockTree(sessions).map(({ pid, depth, holdsUp }) => [pid, depth, holdsUp]);

test('who holds most others up comes first, with those that wait below', () => {
  expect(
    told([session(5, [4]), session(2, [1]), session(4), session(1), session(3, [2], 9), session(6, [2])]),
  ).toEqual([
    [1, 0, 3],
    [2, 1, 2],
    [3, 2, 0],
    [6, 2, 0],
    [4, 0, 1],
    [5, 1, 0],
  ]);
});

test('one that waits for several stands once, a ring ends, and a holder that is gone leaves its waiters', () => {
  expect(told([session(1), session(2), session(3, [1, 2])])).toEqual([
    [1, 0, 1],
    [3, 1, 0],
    [2, 0, 1],
  ]);
  expect(told([session(1, [2], 5), session(2, [1], 9)])).toEqual([
    [2, 0, 1],
    [1, 1, 1],
  ]);
  expect(told([session(7, [99])])).toEqual([[7, 0, 0]]);
  expect(told([])).toEqual([]);
});
