import { expect, test } from 'vitest';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import { blamesBackup, canonical, judge, randomMoment, type Observed } from './verdict.rules.ts';

const holding = (missing: string[]) => ({
  name: 'app',
  tables: 2,
  rows: 7,
  bytes: 9,
  known: { tables: 2, rows: 7, missing },
});
const fine: Observed = {
  trouble: null,
  restore: { ended: 'done', code: 0, words: '' },
  recovery: { ended: 'done', code: 0, words: '' },
  pages: { ended: 'done', code: 0, words: '', absent: false },
  marks: { before: 3, missing: 0, after: 2, tooNew: 0 },
  gone: [],
  databases: [holding([])],
};
const refused = (words: string, code = 1) => ({ ended: 'refused' as const, code, words });

test.each<[string, Partial<Observed>, string]>([
  ['all is well', {}, 'passed'],
  ['a host fell silent', { trouble: drillText.noHost, pages: null }, 'infrastructure-failed'],
  [
    'a file of the backup is not what it was',
    {
      restore: refused(
        "ERROR: [026]: error restoring '/x/base/1/2': actual checksum 'a' does not match expected checksum 'b'",
      ),
    },
    'backup-bad',
  ],
  ['a file cannot be decrypted', { restore: refused('ERROR: [095]: unable to flush') }, 'backup-bad'],
  [
    'a file of the backup is gone',
    {
      restore: refused(
        "ERROR: [055]: unable to open missing file '/r/backup/s/20261122-100000F/pg_data/base/1/2.lz4' for read",
      ),
    },
    'backup-bad',
  ],
  [
    'the storage is not mounted',
    { restore: refused("ERROR: [055]: unable to load info file '/r/backup/s/backup.info'") },
    'infrastructure-failed',
  ],
  [
    'the store does not answer',
    { restore: refused('ERROR: [049]: unable to connect to store:443') },
    'infrastructure-failed',
  ],
  ['nobody knows what it is', { restore: refused('ERROR: [199]: what') }, 'infrastructure-failed'],
  [
    'WAL ends too soon',
    { recovery: refused('FATAL:  recovery ended before configured recovery target was reached') },
    'backup-bad',
  ],
  [
    'the archive did not answer, which PostgreSQL takes for its end',
    {
      recovery: refused(
        'ERROR: [049]: unable to connect\nFATAL:  recovery ended before configured recovery target was reached',
      ),
    },
    'infrastructure-failed',
  ],
  [
    'a compressed file ends before its time',
    {
      restore: refused(
        'P00  ERROR: [042]: raised from local-2 protocol: expected EOF but flushed 6 byte(s)\n[FileReadError] on 2 retries from 1603-17101ms',
      ),
    },
    'backup-bad',
  ],
  [
    'the storage cannot be read',
    { restore: refused("P00  ERROR: [042]: unable to read '/mnt/backup/x': [5] Input/output error") },
    'infrastructure-failed',
  ],
  [
    'a library is missing',
    { recovery: refused('FATAL:  could not access file "timescaledb": No such file') },
    'infrastructure-failed',
  ],
  ['a page is broken', { pages: { ...refused('heap table "x": corrupt', 2), absent: false } }, 'backup-bad'],
  [
    'pg_amcheck could not look',
    { pages: { ...refused('could not connect', 1), absent: false } },
    'infrastructure-failed',
  ],
  ['a commit is missing', { marks: { before: 3, missing: 1, after: 0, tooNew: 0 } }, 'backup-bad'],
  ['it went too far', { marks: { before: 3, missing: 0, after: 2, tooNew: 1 } }, 'backup-bad'],
  ['a database is gone', { gone: ['app'] }, 'backup-bad'],
  ['a table is empty that is not on the primary', { databases: [holding(['public.orders'])] }, 'backup-bad'],
  ['rows were counted only', { databases: [{ name: 'app', tables: 0, rows: 0, bytes: 9 }] }, 'passed'],
])('%s', (_, change, state) => {
  expect(judge({ ...fine, ...change }).state).toBe(state);
});

test('small rules', () => {
  expect(blamesBackup('')).toBe(false);
  expect(canonical({ b: [1, { d: null, c: undefined }], a: 'ä' })).toBe('{"a":"ä","b":[1,{"d":null}]}');
  const minute = (n: number) => new Date(n * 60_000);
  const ranges = [
    { from: minute(0), to: minute(10) },
    { from: minute(20), to: minute(50) },
  ];
  expect(randomMoment(ranges, 0.125)).toEqual(minute(5));
  expect(randomMoment(ranges, 0.5)).toEqual(minute(30));
  expect(randomMoment([{ from: minute(1), to: minute(1) }], 0.5)).toBeNull();
});
