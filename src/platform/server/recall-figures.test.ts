import { afterEach, expect, test, vi } from 'vitest';
import { keptFigureSeconds, keptPageSeconds, shownWithinSeconds } from '../contract/freshness.ts';
import type { Db } from './db.ts';
import { recallFigures } from './recall-figures.ts';

afterEach(() => void vi.useRealTimers());

/** Counts how often it is asked; nothing of a handle is used but that it is one. */
function counter() {
  let asked = 0;
  return { db: {} as Db, find: async () => ++asked };
}

test('what is kept on the way to a reader adds up to less than is promised', () => {
  expect(keptPageSeconds + keptFigureSeconds).toBeLessThan(shownWithinSeconds);
});

test('figures are found once in their time, for each name and each handle', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { db, find } = counter();
  const answers = await Promise.all([recallFigures(db, 'a', find), recallFigures(db, 'a', find)]);
  expect(answers).toEqual([1, 1]);
  expect(await recallFigures(db, 'b', find)).toBe(2);
  expect(await recallFigures({} as Db, 'a', find)).toBe(3);
  vi.setSystemTime(Date.now() + keptFigureSeconds * 1000 - 1);
  expect(await recallFigures(db, 'a', find)).toBe(1);
  vi.setSystemTime(Date.now() + 1);
  expect(await recallFigures(db, 'a', find)).toBe(4);
});

test('a search that failed is made again by the next who asks', async () => {
  const { db, find } = counter();
  await expect(recallFigures(db, 'a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await recallFigures(db, 'a', find)).toBe(1);
});
