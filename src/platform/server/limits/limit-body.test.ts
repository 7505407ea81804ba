import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { limitBody } from './limit-body.ts';

const app = new Hono();
app.onError((error, c) =>
  c.text(error instanceof AppError ? error.code : String(error), error instanceof AppError ? 413 : 500),
);
app.use(limitBody(10));
app.all('/', async (c) => c.text(await c.req.text()));
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const opened = serve(
    { fetch: app.fetch, port: 0, hostname: '127.0.0.1', overrideGlobalObjects: false },
    () => resolve(opened),
  );
});
afterAll(() => void server.close());
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const chunked = (text: string) =>
  ({ method: 'POST', body: new Blob([text]).stream(), duplex: 'half' }) as RequestInit;

test('bodies over HTTP: told or not, long ones are refused and short ones arrive', async () => {
  const said = async (init: RequestInit) => {
    const answer = await fetch(url, init);
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await said({ method: 'POST', body: '0123456789' })).toBe('200 0123456789');
  expect(await said({ method: 'POST', body: '0123456789a' })).toBe('413 too_large');
  expect(await said(chunked('0123456789'))).toBe('200 0123456789');
  expect(await said(chunked('0123456789a'))).toBe('413 too_large');
  expect(await said({ method: 'DELETE' })).toBe('200 ');
  expect(await said({ method: 'POST' })).toBe('200 ');
});

test('bodies of calls in process count too', async () => {
  expect((await app.request('/', { method: 'POST', body: '0123456789a' })).status).toBe(413);
  expect(await (await app.request('/', { method: 'POST', body: '0123456789' })).text()).toBe('0123456789');
  expect((await app.request('/', { method: 'DELETE' })).status).toBe(200);
});
