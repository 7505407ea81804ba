import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction } from '../context.ts';
import { defineOperation, done, step } from '../operations/define-operation.ts';
import { startOperation } from '../operations/start-operation.ts';
import { platform } from '../platform.ts';

const api = testApi([platform], { pool: database.pool });
let url = '';
const server = serve({ fetch: api.app.fetch, port: 0, hostname: '127.0.0.1' });
beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
});
afterAll(() => void server.close());

/** Values by series, as Prometheus would read them; refuses a line it could not. */
async function scrape(): Promise<Map<string, number>> {
  const answer = await fetch(url);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  expect(text.endsWith('\n')).toBe(true);
  const series = new Map<string, number>();
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (HELP|TYPE) [a-z_]\w* \S/.test(line)) continue;
    const match = /^([a-z_]\w*(?:\{(?:[a-z]+="(?:[^"\\]|\\.)*",?)+\})?) (-?[\d.]+(?:e-?\d+)?)$/.exec(line);
    expect(match, line).not.toBe(null);
    expect(series.has(match![1]!), line).toBe(false);
    series.set(match![1]!, Number(match![2]));
  }
  return series;
}

test('counts requests by pattern of the route, never by address', async () => {
  const ctx = await testContext({ may: ['*'] });
  for (let i = 0; i < 3; i++) await api.call(ctx, 'GET', `/api/platform/operations/${crypto.randomUUID()}`);
  await api.call(ctx, 'GET', '/api/nothing/here/42');
  await api.call(ctx, 'BREW', '/api/nothing');
  const series = await scrape();
  const labels = 'method="GET",route="/api/platform/operations/:id",status="404"';
  const name = 'elepherd_http_request_duration_seconds';
  expect(series.get(`${name}_count{${labels}}`)).toBe(3);
  expect(series.get(`${name}_bucket{${labels},le="+Inf"}`)).toBe(3);
  expect(series.get(`${name}_bucket{${labels},le="10"}`)).toBe(3);
  expect(series.get(`${name}_sum{${labels}}`)).toBeGreaterThan(0);
  expect(series.get(`${name}_count{method="GET",route="none",status="404"}`)).toBe(1);
  expect(series.get(`${name}_count{method="other",route="none",status="404"}`)).toBe(1);
  expect([...series.keys()].some((key) => key.includes('42'))).toBe(false);
});

test('shows operations, the queue, workers, the pool and the process', async () => {
  const title = { en: 'Test', 'zh-CN': '测试' };
  const definition = defineOperation('test.counted', {
    title,
    deadlineSeconds: 60,
    steps: { only: step(title, async () => done) },
  });
  const before = await scrape();
  const ctx = await testContext({ may: ['*'] });
  await inTransaction(ctx, (tx) => startOperation(tx, definition, crypto.randomUUID()));
  const after = await scrape();
  const grown = (key: string) => after.get(key)! - before.get(key)!;
  expect(grown('elepherd_operations{state="running"}')).toBe(1);
  expect(grown('elepherd_jobs{state="ready"}')).toBe(1);
  expect(after.get('elepherd_oldest_job_seconds')).toBeGreaterThanOrEqual(0);
  expect(after.get('elepherd_workers')).toBe(0);
  expect(after.get('elepherd_audit_rows')).toBe(0);
  expect(after.get('elepherd_mails{state="dead"}')).toBe(0);
  expect(after.get('elepherd_database_pool_connections{state="idle"}')).toBeGreaterThan(0);
  expect(after.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(after.get('process_cpu_seconds_total')).toBeGreaterThan(before.get('process_cpu_seconds_total')!);
});

test('is for programs on this machine and for holders of the permission', async () => {
  expect((await fetch(url)).status).toBe(200);
  for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via']) {
    expect((await fetch(url, { headers: { [header]: '203.0.113.7' } })).status, header).toBe(401);
  }
  expect((await api.call(null, 'GET', '/metrics')).status).toBe(401);
  expect(
    (await api.call(await testContext({ may: ['platform.operation.read'] }), 'GET', '/metrics')).status,
  ).toBe(403);
  expect(
    (await api.call(await testContext({ may: ['platform.metrics.read'] }), 'GET', '/metrics')).status,
  ).toBe(200);
});
