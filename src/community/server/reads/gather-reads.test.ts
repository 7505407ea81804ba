import { afterEach, expect, test, vi } from 'vitest';
import type { Counted } from './count-reads.ts';
import { gatherReads } from './gather-reads.ts';

afterEach(() => void vi.useRealTimers());

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const reader = (more: object = {}) => ({ userAgent: firefox, purpose: null, accountId: null, ...more });

function gather(fail = false) {
  const written: Counted[][] = [];
  const lost: unknown[] = [];
  const reads = gatherReads(
    async (batch) => {
      if (fail) throw new Error('away');
      written.push(batch);
    },
    (error) => lost.push(error),
  );
  return { reads, written, lost };
}

test('what browsers read is written together, each page of each reader once', async () => {
  vi.useFakeTimers();
  const { reads, written } = gather();
  for (let n = 0; n < 3; n += 1) reads.tell('post 12', reader());
  reads.tell('post 12', reader({ accountId: 'a' }));
  reads.tell('organisation 中文', reader());
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(written).toEqual([
    [
      { kind: 'post', name: '12', accountId: null, count: 3 },
      { kind: 'post', name: '12', accountId: 'a', count: 1 },
      { kind: 'organisation', name: '中文', accountId: null, count: 1 },
    ],
  ]);
  await vi.advanceTimersByTimeAsync(30_000);
  expect(written).toHaveLength(1);
  reads.tell('post 13', reader());
  await reads.stop();
  expect(written[1]).toEqual([{ kind: 'post', name: '13', accountId: null, count: 1 }]);
});

test('programs, pages fetched ahead and names that are none count for nothing', async () => {
  const { reads, written } = gather();
  for (const userAgent of ['Mozilla/5.0 (compatible; Googlebot/2.1)', 'curl/8.5.0', 'Feedly/1.0', null, ''])
    reads.tell('post 1', reader({ userAgent }));
  reads.tell('post 1', reader({ purpose: 'prefetch;prerender' }));
  for (const page of ['post 1e5', 'post -1', 'wish 3', 'organisation ', '']) reads.tell(page, reader());
  await reads.stop();
  expect(written).toEqual([]);
});

test('a flood of names takes no more memory than ten thousand', async () => {
  const { reads, written } = gather();
  for (let n = 0; n < 10_050; n += 1) reads.tell(`post ${n}`, reader());
  await reads.stop();
  expect(written[0]).toHaveLength(10_000);
});

test('what cannot be written is told, and the next is written again', async () => {
  const { reads, lost } = gather(true);
  reads.tell('post 1', reader());
  await reads.stop();
  expect(lost).toEqual([new Error('away')]);
});
