import { expect, test } from 'vitest';
import { longestOutage, reportOf } from './writer.ts';

const ack = (number: number, at: number) => ({ number, at, host: 'h1' });

test('the longest outage is between two acknowledged writes, and only of those that ended after the fault', () => {
  const acknowledged = [ack(1, 0), ack(2, 5000), ack(3, 5010), ack(5, 7010), ack(6, 7020)];
  expect(longestOutage(acknowledged)).toEqual({ from: 0, to: 5000, seconds: 5 });
  expect(longestOutage(acknowledged, 5005)).toEqual({ from: 5010, to: 7010, seconds: 2 });
  expect(longestOutage([])).toEqual({ from: 0, to: 0, seconds: 0 });
});

test('an acknowledged row that is not there is lost, and a failed one that is there was committed all the same', () => {
  const failed = [3, 4].map((number) => ({ number, at: 0, host: 'h1', why: 'gone' }));
  const report = reportOf([ack(1, 0), ack(2, 10), ack(5, 20)], failed, [1, 3, 5]);
  expect(report.lost).toEqual([2]);
  expect(report.committedAlthoughFailed).toEqual([3]);
});
