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

test('a drill is as gentle as the policy of its cluster', async () => {
  for (const gentle of [true, false]) {
    const world = await asked();
    await world.ctx.db
      .updateTable('fleet.backup_policy')
      .set({ gentle })
      .where('org_id', '=', world.ctx.actor.orgId)
      .execute();
    const told = new Map<string, unknown>();
    const { answer } = world.fleet;
    world.fleet.answer = (kind, input) => {
      if ('gentle' in (input as object)) told.set(kind, (input as { gentle: unknown }).gentle);
      return answer?.(kind, input);
    };
    await runOnce(runDrill, world, world.fleet);
    expect([...told]).toEqual(
      ['restore-data', 'recover-data', 'check-recovered'].map((kind) => [kind, gentle]),
    );
  }
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
