import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gatherLookups } from './gather-lookups.ts';

test('lookups of one moment are one query, and each gets its own answer', async () => {
  const queries: string[][] = [];
  const find = gatherLookups(async (keys) => {
    queries.push([...keys]);
    await sleep(5);
    return new Map(keys.filter((key) => key !== 'absent').map((key) => [key, `of ${key}`]));
  });
  const first = [find('a'), find('b'), find('a'), find('absent')];
  await sleep(2);
  const second = find('c');
  expect(await Promise.all([...first, second])).toEqual(['of a', 'of b', 'of a', undefined, 'of c']);
  expect(queries).toEqual([['a', 'b', 'absent'], ['c']]);
});

test('a query that fails fails those who asked, and nobody after them', async () => {
  let fails = true;
  const find = gatherLookups(async (keys) => {
    if (fails) throw new Error('away');
    return new Map(keys.map((key) => [key, 1]));
  });
  await expect(Promise.all([find('a'), find('b')])).rejects.toThrow('away');
  fails = false;
  expect(await find('a')).toBe(1);
});
