import { expect, test } from 'vitest';
import { z } from 'zod';
import { Hono } from 'hono';
import { apiOver, orProblem, problemOf } from './api.ts';

const refusal = { type: 'about:blank', title: 'conflict', status: 409, code: 'conflict', detail: 'Taken.' };
const app = new Hono()
  .get('/thing', (c) => c.json({ name: 'orders' }))
  .post('/echo', async (c) =>
    c.json({ csrf: c.req.header('x-elepherd-csrf') ?? null, body: await c.req.json() }),
  )
  .post('/taken', (c) => c.json(refusal, 409))
  .post('/nothing', (c) => c.body(null, 204))
  .get('/proxy-error', (c) => c.html('<h1>Bad gateway</h1>', 502));
const api = apiOver(async (path, init) => app.request(path, init));

test('answers what the schema says', async () => {
  await expect(api.get('/thing', z.object({ name: z.string() }))).resolves.toEqual({ name: 'orders' });
  await expect(api.get('/thing', z.object({ size: z.number() }))).rejects.toThrow();
});

test('writes carry the header that foreign pages cannot send', async () => {
  const Echo = z.object({ csrf: z.string().nullable(), body: z.unknown() });
  await expect(api.post('/echo', { a: 1 }, Echo)).resolves.toEqual({ csrf: '1', body: { a: 1 } });
  await expect(api.post('/nothing')).resolves.toBeUndefined();
  await expect(api.post('/nothing', {}, z.unknown())).resolves.toBeUndefined();
  await expect(api.post('/nothing', {}, Echo)).rejects.toThrow();
});

test('a refusal keeps its problem, for the form or for the error page', async () => {
  await expect(orProblem(api.post('/taken', {}))).resolves.toEqual({ problem: refusal });
  await expect(api.post('/taken', {})).rejects.toMatchObject({ data: refusal, init: { status: 409 } });
});

test('an answer that is no problem document still has its status', async () => {
  const error = await api.get('/proxy-error', z.unknown()).catch((thrown: unknown) => thrown);
  expect(problemOf(error)).toMatchObject({ status: 502, code: 'internal' });
  await expect(orProblem(Promise.reject(error))).rejects.toBe(error);
});
