import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { platform } from '../platform.ts';
import { addressKey, createRateLimiter } from './rate-limit.ts';
import { forgetRates, takeRate } from './take-rate.ts';

const { db } = database;

test('a bucket gives what it holds, then says how long to wait, and fills again evenly', () => {
  let now = 100;
  const limiter = createRateLimiter(() => now);
  const rate = { limit: 3, windowSeconds: 30 };
  expect([1, 2, 3, 4].map(() => limiter.take('a', rate))).toEqual([0, 0, 0, 10]);
  expect(limiter.take('b', rate)).toBe(0);
  now += 4;
  expect(limiter.take('a', rate)).toBeCloseTo(6);
  now += 6;
  expect([1, 2].map(() => limiter.take('a', rate))).toEqual([0, 10]);
  now += 1000;
  expect([1, 2, 3, 4].map(() => limiter.take('a', rate) > 0)).toEqual([false, false, false, true]);
});

test('memory stays bounded whoever asks', () => {
  const limiter = createRateLimiter(() => 0);
  for (let i = 0; i < 100_500; i++) limiter.take(`k${i}`, { limit: 1, windowSeconds: 60 });
  expect(limiter.size()).toBe(100_000);
});

test('one customer is one key, however many addresses it has', () => {
  expect(addressKey('10.1.2.3')).toBe('10.1.2.3');
  expect(addressKey('::ffff:10.1.2.3')).toBe('10.1.2.3');
  expect(addressKey('2001:db8:0:1:aaaa::1')).toBe(addressKey('2001:0DB8::1:bbbb:cccc:dddd:2'));
  expect(addressKey('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(addressKey('2001:db8:0:2::1')).not.toBe(addressKey('2001:db8:0:1::1'));
  expect(addressKey('::1')).toBe('0:0:0:0::/64');
});

test('the API answers 429 with Retry-After, by actor and by address; calls in process are not counted', async () => {
  const api = testApi([platform], { config: readConfig({ RATE_SIGNED_IN: '3', RATE_ANONYMOUS: '2' }) });
  const [a, b] = [await testContext({ may: ['*'] }), await testContext({ may: ['*'] })];
  const path = '/api/platform/operations';
  for (let i = 0; i < 10; i++) {
    expect((await api.call(a, 'GET', path)).status).toBe(200);
    expect((await api.call(b, 'GET', path)).status).toBe(200);
  }
  const server = serve({
    // A page asks the API five times for the reader it was opened by.
    async fetch(request, env) {
      if (!request.url.endsWith('/page')) return api.app.fetch(request, env);
      let answer = new Response();
      for (let i = 0; i < 5; i++) {
        answer = await api.app.fetch(new Request(new URL(path, request.url), request), {
          ...env,
          inProcess: true,
        });
      }
      return answer;
    },
    port: 0,
    hostname: '127.0.0.1',
  });
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const asked = async (who: string) => (await fetch(url, { headers: { 'x-test-actor': who } })).status;
  const four = (who: string) =>
    [1, 2, 3, 4].reduce<Promise<number[]>>(
      async (all) => [...(await all), await asked(who)],
      Promise.resolve([]),
    );
  const page = await fetch(new URL('/page', url), { headers: { 'x-test-actor': a.actor.id! } });
  expect(page.status).toBe(200);
  // A page asks in process, which is not counted and says nothing of limits.
  expect(page.headers.get('ratelimit')).toBeNull();
  const first = await fetch(url, { headers: { 'x-test-actor': a.actor.id! } });
  expect(first.headers.get('ratelimit-policy')).toBe('"requests";q=3;w=60');
  expect(first.headers.get('ratelimit')).toBe('"requests";r=2;t=20');
  expect(await four(a.actor.id!)).toEqual([200, 200, 429, 429]);
  expect(await four(b.actor.id!)).toEqual([200, 200, 200, 429]);
  expect(await four('nobody')).toEqual([401, 401, 429, 429]);

  const refused = await fetch(url, { headers: { 'x-test-actor': 'nobody', 'accept-language': 'zh-CN' } });
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(30);
  expect(refused.headers.get('ratelimit-policy')).toMatch(/^"requests";q=\d+;w=60$/);
  expect(refused.headers.get('ratelimit')).toBe(`"requests";r=0;t=${seconds}`);
  expect(await refused.json()).toMatchObject({
    code: 'too_many',
    detail: expect.stringContaining('请求过于频繁'),
  });
  server.close();
});

const rate = { limit: 5, windowSeconds: 3600 };

test('a shared bucket never gives more than it holds, however many take at once', async () => {
  const takers = await Promise.allSettled(Array.from({ length: 40 }, () => takeRate(db, 'mail:ada', rate)));
  const refused = takers.filter((taker) => taker.status === 'rejected').map((taker) => taker.reason);
  expect(refused).toHaveLength(35);
  expect(refused[0]).toMatchObject({ code: 'too_many', reached: { name: 'mail', limit: 5 } });
  expect(refused[0].retryAfterSeconds).toBeGreaterThan(600);
  expect(refused[0].retryAfterSeconds).toBeLessThanOrEqual(720);
  await takeRate(db, 'mail:bob', rate);
});

test('negative control: looking first and taking after gives out more than there is', async () => {
  await sql`create table public.naive (tokens int)`.execute(db);
  await sql`insert into public.naive values (5)`.execute(db);
  let taken = 0;
  const takers = Array.from({ length: 8 }, async () => {
    for (let i = 0; i < 5; i++) {
      const { rows } = await sql<{ tokens: number }>`select tokens, pg_sleep(0.01) from public.naive`.execute(
        db,
      );
      if (rows[0]!.tokens < 1) return;
      await sql`update public.naive set tokens = ${rows[0]!.tokens - 1}`.execute(db);
      taken++;
    }
  });
  await Promise.all(takers);
  expect(taken).toBeGreaterThan(5);
});

test('a shared bucket fills again, and is forgotten when it is full', async () => {
  await sql`update platform.rate set refilled_at = refilled_at - interval '25 minutes' where key = 'mail:ada'`.execute(
    db,
  );
  await takeRate(db, 'mail:ada', rate);
  await takeRate(db, 'mail:ada', rate);
  await expect(takeRate(db, 'mail:ada', rate)).rejects.toMatchObject({ code: 'too_many' });
  await sql`update platform.rate set full_at = now() - interval '1 second' where key = 'mail:bob'`.execute(
    db,
  );
  await forgetRates.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  expect(await db.selectFrom('platform.rate').select('key').execute()).toEqual([{ key: 'mail:ada' }]);
});

test('a shared bucket refuses to be part of a transaction', async () => {
  await expect(db.transaction().execute((tx) => takeRate(tx, 'x', rate))).rejects.toThrow('must not be part');
});
