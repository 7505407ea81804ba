import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { MadeSandbox } from '#src/fleet/contract/sandboxes.ts';
import { type LabElepherd, startElepherd } from '#tests/support/lab/elepherd.ts';

let elepherd: LabElepherd;
beforeAll(async () => {
  elepherd = await startElepherd({ name: 'sandbox', hosts: 1 });
});
afterAll(async () => elepherd?.destroy());

const host = () => elepherd.lab.hosts[0]!;

/** What psql on the host says to a URL. */
const query = async (url: string, sql: string) =>
  (await host().run(['psql', url, '-Atc', sql], { mayFail: true })).stdout.trim();

async function make(wish: object): Promise<MadeSandbox & { tookMs: number }> {
  const began = performance.now();
  const made = await elepherd.ask('POST', '/fleet/sandboxes', MadeSandbox, wish);
  if (made.state === 'making') await elepherd.waitForOperation(made.operationId ?? '');
  const ready = await elepherd.ask('GET', `/fleet/sandboxes/${made.id}`, MadeSandbox);
  return { ...ready, tookMs: performance.now() - began };
}

test('a fresh machine hands out sandboxes that live through its agent, and end with it off', async () => {
  const first = await make({ minutes: 30 });
  expect(first).toMatchObject({ state: 'ready', tls: true });
  expect(first.limitsEnforced).toMatchObject({ network: 'kernel', files: 'kernel', statements: 'watched' });
  const url = first.connection?.url ?? '';
  expect(await query(url, 'create table mine (id int); select current_user')).toContain('sandbox');

  for (const memoryBacked of [false, true]) {
    const next = await make({ minutes: 30, memoryBacked });
    console.log(`${next.storage}: ${next.readyMs} ms on the host, ${Math.round(next.tookMs)} ms in all`);
    expect(await query(next.connection?.url ?? '', 'select 1')).toBe('1');
    await elepherd.ask('DELETE', `/fleet/sandboxes/${next.id}`, z.unknown());
  }

  const restartedAt = Date.now();
  await host().run(['systemctl', 'restart', 'elepherd-agent']);
  // Nothing of a sandbox is in the agent's own unit, for which its stop would wait.
  expect(Date.now() - restartedAt).toBeLessThan(10_000);
  await expect.poll(() => query(url, 'select count(*) from mine'), { timeout: 30_000 }).toBe('0');

  await elepherd.untilHosts((hosts) => hosts.every((one) => one.online));
  const short = await make({ minutes: 1 });
  await elepherd.kill('server');
  const left = Date.parse(short.expiresAt) - Date.now();
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, left - 2000)));
  expect(await query(short.connection?.url ?? '', 'select 1')).toBe('1');
  await new Promise((resolve) => setTimeout(resolve, 6000));
  expect(await query(short.connection?.url ?? '', 'select 1')).toBe('');
  await elepherd.start('server');
}, 400_000);
