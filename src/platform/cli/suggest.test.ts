import { expect, test } from 'vitest';
import { suggest } from './suggest.ts';

const nouns = ['cluster', 'host', 'operation', 'org', 'member', 'key', 'audit', 'login', 'logout'];

test('finds the word that was meant', () => {
  expect(suggest('clster', nouns)).toBe('cluster');
  expect(suggest('clutser', nouns)).toBe('cluster');
  expect(suggest('CLUSTER', nouns)).toBe('cluster');
  expect(suggest('oper', nouns)).toBe('operation');
  expect(suggest('hots', nouns)).toBe('host');
});

test('stays silent when nothing is near', () => {
  expect(suggest('backup', nouns)).toBeUndefined();
  expect(suggest('', nouns)).toBeUndefined();
  expect(suggest('x'.repeat(10_000), nouns)).toBeUndefined();
});
