import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import { backedUp, someBackups } from '#tests/support/backed-up-cluster.ts';
import { runWithCancels, runWithCrashes, type World } from '#tests/support/crash-operations.ts';
import { readyCluster, runOnce } from '#tests/support/fake-clusters.ts';
import { testVault } from '#tests/support/fake-fleet.ts';
import { createLog } from '#src/platform/server/log.ts';
import { planDrills } from './plan-drills.ts';
import { printSheet } from './print-sheet.ts';
import { getDrill, getEvidence, listDrills } from './queries.ts';
import { countScript, databasesScript, knownDatabasesScript, knownRowsScript } from './known-rows.rules.ts';
import { runDrill } from './run-drill.operation.ts';
import { sheetHtml, sheetOf } from './sheet.rules.ts';
import { startDrill } from './start-drill.ts';
import { startDueDrills } from './start-due-drills.job.ts';
import { blamesBackup, canonical, judge, randomMoment, type Observed } from './verdict.rules.ts';

await testVault();

const at = '2026-11-22T10:30:00.000Z';

/** What hosts say of databases and rows: the primary first, then the copy. */
type Contents = { lacking?: string[]; gone?: boolean; silent?: boolean };

async function asked(refuse?: (kind: string) => string | undefined, contents: Contents = {}) {
  const world = await readyCluster(1, 2);
  const { ctx, fleet } = world;
  await someBackups(ctx, world.subjectId);
  const { id, operationId } = await startDrill(ctx, 'orders', { at });
  await ctx.db.deleteFrom('platform.operation').where('id', '=', operationId).execute();
  // Transactions up to the moment have committed in the copy, and it knows none after it.
  fleet.answer = (kind, input) => {
    if (kind !== 'run-sql') return undefined;
    const { script, variables, database } = input as { [name in 'script' | 'database']: string } & {
      variables: Record<string, string>;
    };
    const odd = { oid: '7', name: 'Quarter "4"' };
    if (script === knownDatabasesScript)
      return {
        rows: [odd, ...(contents.gone ? [{ oid: '8', name: 'bills' }] : [])].map((d) => ({
          ...d,
          xid: '700',
        })),
      };
    if (script === databasesScript)
      return {
        rows: [
          { ...odd, open: 'true' },
          { oid: '5', name: 'closed', open: 'false' },
        ],
      };
    if (script === knownRowsScript)
      return {
        rows: [{ now: '800', tables: JSON.stringify([[1, 1, variables['until'], 700, '(0,1) 700']]) }],
      };
    if (script === countScript) {
      expect(database).toBe(odd.name);
      const known = JSON.parse(variables['known']!) as string[][];
      // Nobody is asked for what came after the newest commit that is surely in the copy.
      expect(known.map((table) => table[2])).toEqual(contents.silent ? [] : ['730']);
      const missing = JSON.stringify(contents.lacking ?? []);
      const count = { tables: '3', rows: '41', bytes: '9', known_tables: '2', known_rows: '20', missing };
      return { rows: [count] };
    }
    if (variables['xids'] === undefined) return undefined;
    const rows = variables['xids'].split(',').map((xid) => ({
      xid,
      status: Number(xid) <= 730 ? 'committed' : 'future',
    }));
    return { rows };
  };
  if (refuse) fleet.refuse = (_host, kind) => refuse(kind);
  return {
    ...world,
    id,
    subjectId: id,
    async state() {
      const { state, results, hasEvidence } = await getDrill(ctx, id);
      const text = JSON.stringify({ state, results, hasEvidence, ...((await world.state()) as object) });
      return JSON.parse(text.replaceAll(/-[0-9a-f]{6}(?=")/g, '')) as unknown;
    },
  } satisfies World & { id: string };
}

test('a drill ends the same however often it is cut off, and leaves nothing behind', async () => {
  const report = await runWithCrashes(runDrill, () => asked());
  expect(report.differing).toEqual([]);
  expect(report.plain.end.state).toBe('succeeded');
  expect(report.plain.state).toMatchObject({
    state: 'passed',
    hasEvidence: true,
    results: {
      marks: { before: 31, missing: 0, after: 20, tooNew: 0 },
      databases: [{ name: 'Quarter "4"', tables: 3, rows: 41, known: { tables: 2, rows: 20, missing: [] } }],
      uncounted: ['closed'],
      pagesSound: true,
      bytes: 2e9,
    },
    data: { 'host-1': expect.not.arrayContaining([expect.stringContaining('scratch')]) },
  });
  const cancels = await runWithCancels(runDrill, () => asked());
  expect(cancels.differing).toEqual([]);
  for (const { outcome } of cancels.outcomes) expect(JSON.stringify(outcome.state)).not.toContain('scratch-');
});

test('what keeps a drill from judging never counts against the backup', async () => {
  const world = await asked((kind) => (kind === 'restore-data' ? 'No space left on device.' : undefined));
  const ended = await runOnce(runDrill, world, world.fleet);
  expect(ended.state).toBe('succeeded');
  const drill = await getDrill(world.ctx, world.id);
  expect(drill).toMatchObject({ state: 'infrastructure-failed', recoverySeconds: null, hasEvidence: true });
});

test('tables and databases that the primary still has, and the copy has not, count against the backup by name', async () => {
  const judged = async (contents: Contents) => {
    const world = await asked(undefined, contents);
    await runOnce(runDrill, world, world.fleet);
    const { evidence } = await getEvidence(world.ctx, world.id);
    return { ...evidence, sheet: JSON.stringify(sheetOf(await getEvidence(world.ctx, world.id), 'en').rows) };
  };
  const lacking = await judged({ lacking: ['public.orders'] });
  expect(lacking).toMatchObject({
    verdict: 'backup-bad',
    reason: drillText.rowsMissing(['Quarter "4": public.orders']),
  });
  expect(lacking.sheet).toContain('missing in public.orders');
  expect(lacking.sheet).toContain('1 databases: closed');
  expect(await judged({ gone: true })).toMatchObject({
    verdict: 'backup-bad',
    reason: drillText.databasesGone(['bills']),
  });
});

test('a primary that does not answer keeps no drill from passing, and the evidence says so', async () => {
  const world = await asked((kind) => (kind === 'ask-patroni' ? 'It is away.' : undefined), { silent: true });
  await runOnce(runDrill, world, world.fleet);
  const { evidence } = await getEvidence(world.ctx, world.id);
  expect(evidence).toMatchObject({ verdict: 'passed', results: { uncompared: drillText.noPrimary } });
  expect(evidence.results.databases).toMatchObject([{ rows: 41 }]);
  expect(evidence.results.databases?.[0]?.known).toBeUndefined();
});

test('evidence is signed, verifies, and does not once a letter is changed', async () => {
  const world = await asked();
  await runOnce(runDrill, world, world.fleet);
  const signed = await getEvidence(world.ctx, world.id);
  const isSound = (text: string) =>
    verify(
      null,
      Buffer.from(text),
      createPublicKey(signed.publicKey),
      Buffer.from(signed.signature, 'base64'),
    );
  expect(isSound(signed.text)).toBe(true);
  expect(isSound(signed.text.replace('"passed"', '"Passed"'))).toBe(false);
  expect(signed.evidence).toMatchObject({
    verdict: 'passed',
    at,
    recoverySeconds: 3,
    backup: { label: backedUp.label, address: '/mnt/backup' },
  });
  for (const locale of ['en', 'zh-CN'] as const) {
    const sheet = sheetOf(signed, locale);
    const html = sheetHtml({ ...sheet, title: '<script>' }, locale);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain(drillText.passed[locale]);
    const pdf = await printSheet(sheet, new Date());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(5000);
  }
});

test('drills that are due begin, one at a time, and the next is planned', async () => {
  const { ctx, subjectId } = await readyCluster(1, 2);
  await someBackups(ctx, subjectId);
  await planDrills(ctx, 'orders', { intervalHours: 24 });
  const due = () =>
    ctx.db
      .updateTable('fleet.drill_plan')
      .set({ next_at: new Date(0) })
      .where('cluster_id', '=', subjectId)
      .execute();
  const job = { db: ctx.db as never, log: createLog('test', 'silent'), config: {} as never };
  await due();
  await startDueDrills.run(job, {} as never);
  await due();
  await startDueDrills.run(job, {} as never);
  const { plan, drills } = await listDrills(ctx, 'orders');
  expect(drills).toMatchObject([{ planned: true, state: 'running' }]);
  expect(Date.parse(plan!.nextAt)).toBeGreaterThan(Date.now());
  await expect(startDrill(ctx, 'orders', {})).rejects.toMatchObject({ code: 'conflict' });
});

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
