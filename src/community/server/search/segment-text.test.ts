import { expect, test } from 'vitest';
import { segmentText } from './segment-text.ts';

test('a mixed term is cut where the script changes, and a term of the field stays whole', () => {
  expect(segmentText('PG索引')).toEqual(['pg', '索引']);
  expect(segmentText('PostgreSQL 高可用方案')).toEqual(
    expect.arrayContaining(['postgresql', '高可用', '方案']),
  );
});

test('punctuation and blanks are no words', () => {
  expect(segmentText('  ，。!? \n— ')).toEqual([]);
});
