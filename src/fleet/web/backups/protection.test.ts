import { expect, test } from 'vitest';
import type { BackupPlan } from '#src/fleet/contract/backups.ts';
import { type DrillSeen, protectionOf, realGaps } from './protection.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const plan = (change: Partial<BackupPlan> = {}): BackupPlan => ({
  id: '0190b8a0-0000-7000-8000-000000000001',
  clusterId: '0190b8a0-0000-7000-8000-000000000002',
  clusterName: 'orders',
  stanza: 'orders-1',
  state: 'on',
  policy: {
    id: '0190b8a0-0000-7000-8000-000000000003',
    name: 'nightly',
    schedule: { full: '0 1 * * 0', diff: '0 1 * * 1-6', incr: null, timeZone: 'UTC' },
    retention: { days: 14, weeks: 4, months: 6 },
    processMax: 2,
    compression: 'lz4',
    gentle: false,
    archiveTimeoutSeconds: 60,
    clusters: ['orders'],
    createdAt: '2026-11-01T00:00:00Z',
  },
  repositories: [],
  next: { full: null, diff: null, incr: null },
  backupAgeSeconds: 3600,
  archive: { waitingFiles: 0, lagSeconds: 0, failing: null, seenAt: '2026-11-22T11:59:55Z' },
  operationId: null,
  ...change,
});
const drill = (state: DrillSeen['state'], createdAt = '2026-11-20T00:00:00Z'): DrillSeen => ({
  state,
  createdAt,
  recoverySeconds: state === 'passed' ? 240 : null,
});
const passed = [drill('passed')];
const of = (change: Partial<BackupPlan>, drills: DrillSeen[] = passed) =>
  protectionOf({ plan: plan(change), window: null, drills }, now);

test('a cluster that archives, is backed up and was proved is protected, and loses at most a file', () => {
  expect(of({})).toEqual({ standing: 'good', wrongs: [], lossSeconds: 60 });
  expect(protectionOf({ plan: null, window: null, drills: [] }, now).standing).toBe('none');
  expect(of({ state: 'off' }).standing).toBe('none');
  expect(of({ state: 'enabling', backupAgeSeconds: null })).toMatchObject({
    standing: 'enabling',
    wrongs: [],
  });
});

test('what is wrong is said, the worst first', () => {
  const failing = { en: 'No space left', 'zh-CN': '空间不足' };
  const said = of({
    backupAgeSeconds: 3 * 86_400,
    archive: { waitingFiles: 40, lagSeconds: 900, failing, seenAt: '2026-11-22T11:59:55Z' },
  });
  expect(said.standing).toBe('bad');
  expect(said.lossSeconds).toBe(960);
  expect(said.wrongs.map(({ tone }) => tone)).toEqual(['bad', 'warn']);
  expect(said.wrongs[0]?.words.en).toContain('No space left');
  expect(of({ backupAgeSeconds: null }).wrongs[0]?.words.en).toContain('There is no backup yet');
  expect(of({ backupAgeSeconds: 1.4 * 86_400 }).standing).toBe('good');
  expect(of({ archive: { ...plan().archive, seenAt: null, lagSeconds: null } })).toMatchObject({
    standing: 'warn',
    lossSeconds: null,
  });
});

test('a drill that could not be carried out never makes a backup bad; a bad one stays bad until one passed', () => {
  expect(of({}, [drill('infrastructure-failed'), drill('passed')]).standing).toBe('warn');
  expect(of({}, [drill('infrastructure-failed'), drill('backup-bad')]).standing).toBe('bad');
  expect(of({}, [drill('running'), drill('passed')]).standing).toBe('good');
  expect(of({}, []).wrongs[0]?.words.en).toContain('ever restored');
  expect(of({}, [drill('passed', '2026-09-01T00:00:00Z')]).standing).toBe('warn');
  expect(of({}, [drill('passed'), drill('backup-bad')]).standing).toBe('good');
});

test('between whole backups kept beyond the promised days there is no fault', () => {
  const gap = (from: string, to: string) => ({ from, to, missingFrom: 'a', missingTo: 'b' });
  const old = gap('2026-09-01T00:00:00Z', '2026-10-01T00:00:00Z');
  const fresh = gap('2026-11-20T00:00:00Z', '2026-11-20T00:10:00Z');
  const window = { ranges: [], gaps: [old, fresh], seenAt: null };
  expect(realGaps(window, 14, now)).toEqual([fresh]);
  expect(protectionOf({ plan: plan(), window, drills: passed }, now).wrongs).toHaveLength(1);
});
