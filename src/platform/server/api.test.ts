import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { testContext } from '#tests/support/context.ts';
import { Problem } from '../contract/problem.ts';
import type { ApiOptions } from './api.ts';
import { apiOver } from '../web/api.ts';
import { readConfig } from './config.ts';
import { AppError } from './errors.ts';
import { json, newRoutes, route } from './http.ts';
import { defineRoom } from './room.ts';

const herd = newRoutes();
const Cow = z.object({ name: z.string().min(2), age: z.number().int() });
herd.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'A cow',
    request: { body: json(Cow, 'A cow') },
    responses: { 200: json(z.object({ ip: z.string().nullable(), locale: z.string() }), 'Who asked') },
  }),
  async (c) => c.json({ ip: c.var.ctx.ip, locale: c.var.ctx.locale }, 200),
);
herd.openapi(
  route('open', {
    method: 'get',
    path: '/broken',
    summary: 'Breaks',
    responses: { 200: { description: 'Never' } },
  }),
  async () => {
    throw new Error('password=hunter2');
  },
);
herd.openapi(
  route('open', {
    method: 'get',
    path: '/busy',
    summary: 'Busy',
    responses: { 200: { description: 'Never' } },
  }),
  async () => {
    throw new AppError('unavailable', { en: 'Busy', 'zh-CN': '忙' }, { retryAfterSeconds: 1.2 });
  },
);
const room = defineRoom({ name: 'farm', routes: { cows: herd } });

const logged: string[] = [];
const keep = (_: object, message: string) => void logged.push(message);
const log = { debug: keep, info: keep, warn: keep, error: keep };
const make = (options: Partial<ApiOptions> = {}) => testApi([room], { log, ...options });
const api = make();
const cow = { name: 'Rosa', age: 3 };
const post = '/api/farm/cows';

async function problem(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const body = Problem.parse(await answer.json());
  expect(body.status).toBe(answer.status);
  return body;
}

test('what does not fit the schema is refused with the fields at fault', async () => {
  const ctx = await testContext({ may: [] });
  const answer = await api.call(ctx, 'POST', post, { name: 'R', age: 'three' });
  expect(await problem(answer)).toMatchObject({
    status: 422,
    code: 'invalid',
    detail: expect.stringContaining('Nothing was changed'),
    fields: [{ path: 'name' }, { path: 'age' }],
    requestId: answer.headers.get('x-request-id'),
  });
});

test('a body that is no JSON, or none, or too large, is refused with a sentence', async () => {
  const ctx = await testContext({ may: [] });
  const jsonType = { 'content-type': 'application/json' };
  expect(await problem(await api.call(ctx, 'POST', post, '{"name":', jsonType))).toMatchObject({
    status: 422,
    detail: expect.stringContaining('not valid JSON'),
  });
  expect((await problem(await api.call(ctx, 'POST', post))).status).toBe(422);
  const large = JSON.stringify({ ...cow, name: 'x'.repeat(1024 * 1024) });
  expect((await problem(await api.call(ctx, 'POST', post, large, jsonType))).status).toBe(413);
  const stream = new ReadableStream({
    start(c) {
      for (let i = 0; i < 40; i++) c.enqueue(Buffer.alloc(64 * 1024, 'x'));
      c.close();
    },
  });
  expect((await problem(await api.call(ctx, 'POST', post, stream, jsonType))).status).toBe(413);
});

test('our own failures tell the reader nothing of the inside, and the log everything', async () => {
  const answer = await api.call(null, 'GET', '/api/farm/cows/broken', undefined, {
    'x-request-id': 'request-1234',
  });
  const body = await problem(answer);
  expect(body).toMatchObject({ status: 500, code: 'internal', requestId: 'request-1234' });
  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(logged).toContain('a request failed');
});

test('what passes by itself says when to come again, and raises no alarm', async () => {
  logged.length = 0;
  const answer = await api.call(null, 'GET', '/api/farm/cows/busy');
  expect((await problem(answer)).status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(logged).toEqual([]);
});

test('an address that is nothing is not found, in the language of the reader', async () => {
  const zh = await api.call(null, 'GET', '/api/nowhere', undefined, {
    'accept-language': 'fr, zh-CN;q=0.8, en;q=0.5',
  });
  expect(await problem(zh)).toMatchObject({ status: 404, detail: expect.stringContaining('这里没有内容') });
  const chosen = await api.call(null, 'GET', '/api/nowhere', undefined, {
    'accept-language': 'zh-CN',
    cookie: 'a=b; elepherd_locale=en',
  });
  expect((await problem(chosen)).detail).toContain('There is nothing here');
});

test('a request id is taken over only when it is harmless', async () => {
  const ask = async (id: string) =>
    (await api.call(null, 'GET', '/api/nowhere', undefined, { 'x-request-id': id })).headers.get(
      'x-request-id',
    );
  expect(await ask('abc-DEF_12345')).toBe('abc-DEF_12345');
  expect(await ask('short')).not.toBe('short');
  expect(await ask('with space 12345')).toMatch(/^[0-9a-f-]{36}$/);
  expect(await ask('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
});

test('a write by cookie must come from our own pages; one by key need not', async () => {
  const ctx = await testContext({ may: [] });
  const as = (byCookie: boolean) => make({ authenticate: async () => ({ actor: ctx.actor, byCookie }) });
  const status = async (byCookie: boolean, headers: Record<string, string> = {}) =>
    (await as(byCookie).call(null, 'POST', post, cow, headers)).status;
  expect(await status(true)).toBe(403);
  expect(await status(true, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await status(true, { 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await status(true, { 'sec-fetch-site': 'none' })).toBe(403);
  expect(await status(true, { 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await status(true, { 'x-elepherd-csrf': '1' })).toBe(200);
  expect(await status(false)).toBe(200);
});

test('a forwarded address is believed as far as proxies are trusted, and no further', async () => {
  const ctx = await testContext({ may: [] });
  const env = { incoming: { socket: { remoteAddress: '10.0.0.9' } } };
  const ip = async (trusted: number, forwarded?: string) => {
    const { app } = make({
      config: readConfig({ TRUSTED_PROXIES: String(trusted) }),
      authenticate: async () => ({ actor: ctx.actor, byCookie: false }),
    });
    const headers = {
      'content-type': 'application/json',
      ...(forwarded && { 'x-forwarded-for': forwarded }),
    };
    const answer = await app.request(post, { method: 'POST', headers, body: JSON.stringify(cow) }, env);
    return ((await answer.json()) as { ip: string }).ip;
  };
  expect(await ip(0, '1.1.1.1')).toBe('10.0.0.9');
  expect(await ip(1, '6.6.6.6, 1.1.1.1')).toBe('1.1.1.1');
  expect(await ip(2, '6.6.6.6, 1.1.1.1, 2.2.2.2')).toBe('1.1.1.1');
  expect(await ip(1)).toBe('10.0.0.9');
  expect(await ip(1, 'not an address')).toBe('10.0.0.9');
});

test('answers of the API are never kept by anybody between', async () => {
  const ctx = await testContext({ may: [] });
  expect((await api.call(ctx, 'POST', post, cow)).headers.get('cache-control')).toBe('no-store');
});

const times = newRoutes();
const Seen = z.object({ at: z.string(), note: z.string().nullable() });
times.openapi(
  route('open', { method: 'get', path: '/', summary: 'When', responses: { 200: json(Seen, 'When') } }),
  async (c) => {
    const row: unknown = { at: new Date(0), note: null, secret: 'not in the description' };
    return c.json(row as { at: string; note: null }, 200);
  },
);

test('a page in process is handed the value, and reads of it what anybody reads of the JSON', async () => {
  const { app } = testApi([defineRoom({ name: 'farm', routes: { times } })]);
  const ask = (env: object) => async () => app.request('/api/farm/times', {}, env);
  const overHttp = await apiOver(ask({})).get('/', Seen);
  const byValue = await apiOver(ask({ inProcess: true, byValue: true })).get('/', Seen);
  expect(overHttp).toEqual({ at: '1970-01-01T00:00:00.000Z', note: null });
  expect(byValue).toEqual(overHttp);
  const answer = await ask({ inProcess: true, byValue: true })();
  expect(answer.headers.get('x-request-id')).not.toBeNull();
  expect(await answer.text()).toBe('');
});
