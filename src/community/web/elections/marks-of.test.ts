import { expect, test } from 'vitest';
import { marksOf } from './marks-of.ts';

const candidates = [{ number: 0 }, { number: 1 }, { number: 2 }];
const form = (values: string[]) => (name: string) => values[Number(name.slice(1))] ?? '';

test('a form is read as its voter meant it, or as a ballot that is refused', () => {
  expect(marksOf({ method: 'approval', candidates }, form(['on', '', 'on']))).toEqual([0, 2]);
  expect(marksOf({ method: 'score', candidates }, form(['5', '', '2']))).toEqual([5, 0, 2]);
  expect(marksOf({ method: 'stv', candidates }, form(['2', '', '1']))).toEqual([2, 0]);
  // Gaps mean nothing, as on paper.
  expect(marksOf({ method: 'stv', candidates }, form(['7', '3', '']))).toEqual([1, 0]);
  const twice = marksOf({ method: 'stv', candidates }, form(['1', '1', '2']));
  expect(new Set(twice).size).toBeLessThan(twice.length);
});
