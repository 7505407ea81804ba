import { expect, test } from 'vitest';
import type { RunEngine } from '#src/community/contract/runs.ts';
import {
  type Offer,
  type PlannedBlock,
  refusalOf,
  runOf,
  shortVersion,
  verdictOf,
  wantedRuns,
} from './rules.ts';

const offers: Offer[] = [
  { engine: 'sandbox', major: 15, version: '15.14' },
  { engine: 'sandbox', major: 17, version: '17.9' },
  { engine: 'sandbox', major: 18, version: '18.4' },
  { engine: 'pglite', major: 18, version: '18.6' },
];
const wanted = (block: Partial<PlannedBlock>) =>
  wantedRuns({ majors: [], range: null, results: [], ...block }, offers).map(
    ({ engine, version }) => `${engine} ${version}`,
  );
const ran = (engine: RunEngine, version: string) => ({
  engine,
  version,
  major: Number.parseInt(version, 10),
  isRecorded: true,
});

test('a block runs on the majors it names and on every later one, never on those before them', () => {
  expect(wanted({ majors: [17] })).toEqual(['sandbox 17.9', 'sandbox 18.4']);
  expect(wanted({ majors: [15, 17] })).toEqual(['sandbox 15.14', 'sandbox 17.9', 'sandbox 18.4']);
  expect(wanted({ majors: [16] })).toEqual(['sandbox 17.9', 'sandbox 18.4']);
  expect(wanted({ majors: [17], results: [ran('sandbox', '17.9')] })).toEqual(['sandbox 18.4']);
  // Another minor is another version.
  expect(wanted({ majors: [17], results: [ran('sandbox', '17.8'), ran('sandbox', '18.4')] })).toEqual([
    'sandbox 17.9',
  ]);
});

test('one that names none runs as WebAssembly; a proof on the newest of its range, a real server first', () => {
  expect(wanted({})).toEqual(['pglite 18.6']);
  expect(wanted({ range: { from: 15, to: null } })).toEqual(['sandbox 18.4']);
  expect(wanted({ range: { from: 13, to: 17 } })).toEqual(['sandbox 17.9']);
  expect(wanted({ range: { from: 13, to: 14 } })).toEqual([]);
  expect(wanted({ range: { from: 15, to: null }, results: [ran('sandbox', '18.4')] })).toEqual([]);
});

test('a result is held against what was recorded on its major, or on the newest before it', () => {
  const result = (major: number, digest: string, isRecorded: boolean, shape = 's') => ({
    engine: 'sandbox' as const,
    major,
    digest,
    shape,
    isRecorded,
  });
  const recorded = [result(15, 'a', true), result(17, 'b', true)];
  expect(verdictOf(result(17, 'b', true), recorded, true)).toBeNull();
  expect(verdictOf(result(18, 'b', false), recorded, true)).toBe('held');
  expect(verdictOf(result(18, 'a', false), recorded, true)).toBe('broke');
  expect(verdictOf(result(16, 'a', false), recorded, true)).toBe('held');
  expect(verdictOf(result(18, 'x', false), recorded, false)).toBe('held');
  expect(verdictOf(result(18, 'x', false, 'other'), recorded, false)).toBe('broke');
  expect(verdictOf(result(14, 'a', false), recorded, true)).toBeNull();
});

test('a run is the rows of the last statement that has some; a refusal is the same whatever its words', () => {
  const answer = (name: string, ...rows: (string | null)[][]) => ({ fields: [{ name }], rows });
  const nothing = { fields: [], rows: [] };
  expect(runOf('18.4', [answer('a', ['1']), answer('b', ['2'], [null]), nothing])).toMatchObject({
    columns: ['b'],
    rows: [['2'], [null]],
    rowCount: 2,
  });
  expect(runOf('18.4', [nothing])).toMatchObject({ columns: [], rowCount: 0 });
  const wide = runOf('18', [answer('a', ...Array.from({ length: 50 }, () => ['x'.repeat(1000)]))]);
  expect(wide.rows).toHaveLength(50);
  expect(JSON.stringify(wide).length).toBeLessThan(25_000);
  // What is not shown counts, too.
  const long = (last: string) =>
    runOf('18', [answer('a', ...Array.from({ length: 60 }, () => ['x']), [last])]);
  expect(long('y').rows).toEqual(long('z').rows);
  expect(long('y').digest).not.toBe(long('z').digest);
  const said = (message: string, code = '42P01') =>
    refusalOf('18', Object.assign(new Error(message), { code }));
  expect(said('no such table').digest).toBe(said('there is no such table').digest);
  expect(said('x').digest).not.toBe(said('x', '42703').digest);
});

test.each([
  ['15.14-0+deb12u1', '15.14'],
  ['15.14 (Debian 15.14-0+deb12u1)', '15.14'],
  ['19beta2', '19beta2'],
  ['18.6', '18.6'],
])('%s is %s', (given, short) => expect(shortVersion(given)).toBe(short));
