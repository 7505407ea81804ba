import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AlertRule, RuleTest } from '#src/fleet/contract/alerts.ts';
import { fleet } from '#src/fleet/server/room.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import { setMetricsStore } from '#src/platform/server/metrics/metrics-store.ts';
import { flush, hasEngine, startTestStore, type TestStore } from '#tests/support/alert-engine.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { listAlerts } from '../alerts/queries.ts';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { listAllRules } from './queries.ts';
import { countFirings } from './rules.ts';

const { db } = database;
const api = testApi([fleet]);
let ctx: Context;
beforeEach(async () => {
  ctx = await testContext({ may: ['*'] });
});

const call = (method: string, path: string, body?: unknown, who = ctx) =>
  api.call(who, method, `/api/fleet/alert-rules${path}`, body);

test('firings are runs that last long enough, with gaps between them', () => {
  const minutes = (...list: number[]) => list.map((minute) => minute * 60);
  expect(countFirings([], 0, 0)).toEqual({ fired: 0, firesNow: false });
  expect(countFirings(minutes(1, 2, 3, 10, 11), 0, 9000)).toEqual({ fired: 2, firesNow: false });
  expect(countFirings(minutes(1, 2, 3, 10, 11), 120, 9000)).toEqual({ fired: 1, firesNow: false });
  expect(countFirings(minutes(1, 2, 3, 10, 11), 60, 11 * 60 + 30)).toEqual({ fired: 2, firesNow: true });
  expect(countFirings(minutes(1, 2, 3, 10, 11), 61, 11 * 60 + 30)).toEqual({ fired: 1, firesNow: false });
});

test('a shipped rule is changed, goes into what is judged, and goes back to what was shipped', async () => {
  const changed = await call('PATCH', '/disk-nearly-full', {
    threshold: 15,
    severity: 'warning',
    forSeconds: 600,
  });
  expect(await changed.json()).toMatchObject({
    threshold: 15,
    severity: 'warning',
    forSeconds: 600,
    changed: true,
  });
  expect(((await (await call('GET', '/disk-nearly-full')).json()) as AlertRule).expression).toContain('< 15');
  await db
    .insertInto('fleet.host')
    .values({ org_id: ctx.actor.orgId, name: 'db-rules', address: '10.0.0.1' })
    .execute();
  const judged = (await listAllRules(db)).find(({ orgId }) => orgId === ctx.actor.orgId);
  expect(judged?.choices).toMatchObject([{ rule: 'disk-nearly-full', threshold: 15 }]);
  const back = await call('PATCH', '/disk-nearly-full', {
    threshold: null,
    severity: null,
    forSeconds: null,
  });
  expect(await back.json()).toMatchObject({
    threshold: 8,
    severity: 'critical',
    forSeconds: 120,
    changed: false,
  });
});

test('a rule that is disabled ends its alerts', async () => {
  await inTransaction(systemContext(db, ctx.actor.orgId), (tx) =>
    raiseAlert(tx, {
      rule: 'host-silent',
      severity: 'critical',
      labels: { host: 'x' },
      value: 0,
      source: 'engine',
    }),
  );
  expect((await listAlerts(ctx, { limit: 5 })).items).toHaveLength(1);
  expect((await call('PATCH', '/host-silent', { enabled: false })).status).toBe(200);
  expect((await listAlerts(ctx, { limit: 5 })).items).toEqual([]);
});

test('what is shipped keeps its words, and without a store nothing is taken unchecked', async () => {
  expect((await call('PATCH', '/host-silent', { expression: 'vector(1)' })).status).toBe(409);
  expect((await call('DELETE', '/host-silent')).status).toBe(409);
  expect((await call('PATCH', '/host-silent', { threshold: 3 })).status).toBe(409);
  setMetricsStore(undefined);
  expect((await call('POST', '', { name: 'Mine', expression: 'up == 0' })).status).toBe(503);
});

describe.runIf(hasEngine)('with a store', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await startTestStore();
    setMetricsStore(store.store);
  });
  afterAll(async () => {
    setMetricsStore(undefined);
    await store.stop();
  });

  test('an expression that cannot be judged is refused in the words of the store', async () => {
    const refused = await call('POST', '', { name: 'Broken', expression: 'sum(up' });
    expect(refused.status).toBe(422);
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/sum\(up|unexpected|parse/);
    expect((await call('POST', '/test', { expression: 'rate(' })).status).toBe(422);
  });

  test('a test says how often a rule would have fired in the last day, over series of this organisation only', async () => {
    const other = await testContext({ may: ['*'] });
    const now = Math.floor(Date.now() / 60_000) * 60_000;
    const lines: string[] = [];
    for (const org of [ctx.actor.orgId, other.actor.orgId]) {
      for (let minute = 0; minute < 600; minute++) {
        const isHigh = minute % 200 < 10;
        lines.push(`queue_length{org="${org}",queue="${org}"} ${isHigh ? 9 : 1} ${now - minute * 60_000}`);
      }
    }
    await store.store.write(`${lines.join('\n')}\n`);
    await flush(store);
    const answer = await call('POST', '/test', { expression: 'queue_length > 5', forSeconds: 300 });
    const result = (await answer.json()) as RuleTest;
    expect(result).toMatchObject({ fired: 3, firesNow: 1 });
    expect(result.series).toEqual([{ labels: { queue: ctx.actor.orgId }, fired: 3, firesNow: true }]);
    const around = `queue_length{org="${other.actor.orgId}"} > 5 or queue_length{org=~".*"} offset 1m > 5`;
    const tried = (await (
      await call('POST', '/test', { expression: around, forSeconds: 0 })
    ).json()) as RuleTest;
    expect(JSON.stringify(tried)).not.toContain(other.actor.orgId);
  });

  test('a rule of one’s own is made, changed, and deleted; its name is taken once', async () => {
    const made = (await (
      await call('POST', '', { name: 'Queue', expression: 'queue_length > 5' })
    ).json()) as AlertRule;
    expect(made).toMatchObject({ shipped: false, topic: 'own', severity: 'warning', title: { en: 'Queue' } });
    expect((await call('POST', '', { name: 'Queue', expression: 'queue_length > 6' })).status).toBe(409);
    const stranger = await testContext({ may: ['*'] });
    expect((await call('PATCH', `/${made.rule}`, { enabled: false }, stranger)).status).toBe(404);
    const changed = await call('PATCH', `/${made.rule}`, {
      expression: 'queue_length > 7',
      severity: 'critical',
    });
    expect(await changed.json()).toMatchObject({ expression: 'queue_length > 7', severity: 'critical' });
    expect((await call('PATCH', `/${made.rule}`, { expression: ')' })).status).toBe(422);
    expect((await call('DELETE', `/${made.rule}`)).status).toBe(204);
    expect((await call('GET', `/${made.rule}`)).status).toBe(404);
  });
});
