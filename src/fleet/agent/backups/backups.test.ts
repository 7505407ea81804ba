import { expect, test } from 'vitest';
import { backRestComplaint } from './back-rest.ts';
import { readInfo } from './backup-info.ts';
import { backupArgv } from './backup-command.ts';
import { restoreArgv } from './restore-data.ts';
import { walRanges } from './wal-ranges.ts';

const wal = (name: string, seconds: number, archive = '17-1') =>
  [`${archive}/${name.slice(0, 16)}/${name}-${'a'.repeat(40)}.lz4`, seconds] as const;

test('WAL without a hole is one range, across the end of a log file; a hole, a timeline and a new life begin another', () => {
  const files = [
    wal('0000000100000000000000FF', 20),
    wal('0000000100000000000000FE', 10),
    wal('000000010000000100000000', 30),
    // 0000000100000001000000_01 is missing.
    wal('000000010000000100000002', 50),
    wal('000000020000000100000002', 60),
    wal('000000010000000000000001', 70, '17-2'),
    // Twice, because it was pushed again: the first time counts.
    wal('000000010000000100000002', 55),
    ['archive.info', 1] as const,
    ['17-1/0000000100000000/0000000100000000000000FE.00000028.backup', 1] as const,
    ['17-1/00000002.history', 1] as const,
  ];
  const ranges = walRanges(files, 16 * 1024 ** 2);
  expect(
    ranges.map((r) => [r.archiveId, r.timeline, r.walFirst.slice(8), r.walLast.slice(8), r.files]),
  ).toEqual([
    ['17-1', 1, '00000000000000FE', '0000000100000000', 3],
    ['17-1', 1, '0000000100000002', '0000000100000002', 1],
    ['17-1', 2, '0000000100000002', '0000000100000002', 1],
    ['17-2', 1, '0000000000000001', '0000000000000001', 1],
  ]);
  expect(ranges[0]).toMatchObject({ firstSeconds: 10, lastSeconds: 30 });
  expect(ranges[1]).toMatchObject({ firstSeconds: 50 });
  // Larger segments are fewer a log file: 64 of 64 MB.
  expect(
    walRanges([wal('00000001000000000000003F', 1), wal('000000010000000100000000', 2)], 64 * 1024 ** 2),
  ).toHaveLength(1);
});

test('what pgbackrest info says is read exactly, long identifiers too', () => {
  const said = JSON.stringify([
    {
      archive: [],
      backup: [
        {
          archive: { start: '000000010000000000000005', stop: '000000010000000000000006' },
          backrest: { format: 5, version: '2.55.1' },
          database: { id: 1, 'repo-key': 2 },
          error: true,
          info: { delta: 22, repository: { delta: 4, 'delta-map': 8 }, size: 23 },
          label: '20261122-135535F',
          lsn: { start: '0/5000028', stop: '0/6000050' },
          prior: null,
          reference: null,
          timestamp: { start: 1795355735, stop: 1795355737 },
          type: 'full',
        },
      ],
      cipher: 'aes-256-cbc',
      db: [{ id: 1, 'repo-key': 2, 'system-id': 0, version: '17' }],
      name: 'orders',
      repo: [
        { cipher: 'aes-256-cbc', key: 1, status: { code: 99, message: '[HostConnectError] refused' } },
        { cipher: 'aes-256-cbc', key: 2, status: { code: 0, message: 'ok' } },
      ],
      status: { code: 4, message: 'mixed' },
    },
  ]).replace('"system-id":0', '"system-id":7512345678901234567');
  const info = readInfo(said, 'orders', [1, 2]);
  expect(info.repositories.map((r) => r.problem)).toEqual(['[HostConnectError] refused', null]);
  expect(info.databases[0]?.systemId).toBe('7512345678901234567');
  expect(info.backups).toMatchObject([
    { label: '20261122-135535F', repositoryKey: 2, repositoryBytes: 4, error: true, stopSeconds: 1795355737 },
  ]);
  // A stanza nobody made there is a problem of the repository, not an empty one.
  expect(readInfo('[]', 'orders', [1]).repositories[0]?.problem).toContain('missing');
});

test('of all pgBackRest says, its complaint is told', () => {
  const log = [
    '2026-11-22 14:15:45.001 P00   INFO: backup command begin 2.55.1: --stanza=orders',
    "2026-11-22 14:15:45.072 P00  ERROR: [050]: unable to acquire lock on file '/tmp/pgbackrest/orders-backup.lock': Resource temporarily unavailable",
    '                                    HINT: is another pgBackRest process running?',
    '2026-11-22 14:15:45.073 P00   INFO: backup command end: aborted with exception [050]',
  ].join('\n');
  expect(backRestComplaint(log)).toMatch(/^\[050\]: unable to acquire lock .* HINT: is another/);
  expect(backRestComplaint('something else\n')).toBe('something else');
});

test('what a policy calls gentle gets the disk and the processor last; nothing else changes', () => {
  const backup = { stanza: 'orders', command: 'backup', type: 'full', repository: 2 } as const;
  const restore = {
    stanza: 'orders',
    directory: '/var/lib/postgresql/17/scratch-1',
    repository: 2,
    label: '20261122-135535F',
    target: null,
    timeline: null,
    processMax: 2,
    isCopy: true,
  };
  const gentle = ['/usr/bin/nice', '-n', '15', '/usr/bin/ionice', '-c', '3'];
  const pairs = [backupArgv, restoreArgv].map((argv, i) => {
    const of = (isGentle: boolean) => argv({ ...[backup, restore][i]!, gentle: isGentle } as never);
    return [of(true), of(false)];
  });
  for (const [slow, fast] of pairs) expect(slow).toEqual([...gentle, ...fast!]);
  expect(pairs[0]![1]).toEqual([
    '/usr/bin/pgbackrest',
    '--stanza=orders',
    '--log-level-console=info',
    '--repo=2',
    '--type=full',
    'backup',
  ]);
  expect(pairs[1]![1]).toEqual(
    expect.arrayContaining(['--set=20261122-135535F', '--type=immediate', 'restore']),
  );
});
