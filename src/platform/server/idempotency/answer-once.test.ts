import { z } from '@hono/zod-openapi';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { json, newRoutes, route } from '../http.ts';
import { createLog } from '../log.ts';
import { defineRoom } from '../room.ts';
import { forgetAnswers } from './answer-once.ts';

const { db } = database;
const text = { en: 'no', 'zh-CN': '否' };

beforeAll(async () => {
  await sql`create table public.calf (id serial, owner uuid, name text)`.execute(db);
});

let mode: 'ok' | 'conflict' | 'crash' | 'cookie' = 'ok';
let hold: Promise<void> | undefined;
const Calf = z.object({ id: z.number(), name: z.string() });
const calves = newRoutes();
calves.openapi(
  route('open', {
    method: 'post',
    path: '/',
    request: { body: json(z.object({ name: z.string() }), 'A calf') },
    responses: { 201: json(Calf, 'Born') },
  }),
  async (c) => {
    const { name } = c.req.valid('json');
    await hold;
    if (mode === 'conflict') throw new AppError('conflict', text);
    if (mode === 'crash') throw new Error('boom');
    const { rows } = await sql<z.infer<typeof Calf>>`insert into public.calf (owner, name)
      values (${c.var.ctx.actor.id}, ${name}) returning id, name`.execute(db);
    if (mode === 'cookie') c.header('set-cookie', 'a=b');
    return c.json(rows[0]!, 201, { location: `/calves/${rows[0]!.id}` });
  },
);
const api = testApi([defineRoom({ name: 'farm', routes: { calves } })]);

const newKey = () => crypto.randomUUID();
const born = async (who: Context) =>
  (await sql`select from public.calf where owner = ${who.actor.id}`.execute(db)).rows.length;
async function bear(who: Context | null, key: string | undefined, name = 'Rosa') {
  const answer = await api.call(
    who,
    'POST',
    '/api/farm/calves',
    { name },
    key === undefined ? {} : { 'idempotency-key': key },
  );
  return {
    status: answer.status,
    body: (await answer.json()) as never,
    headers: answer.headers,
    replayed: answer.headers.get('idempotency-replayed'),
  };
}

test('the same request with the same key takes effect once and gets the same answer', async () => {
  const ctx = await testContext({ may: [] });
  const key = newKey();
  const first = await bear(ctx, key);
  const second = await bear(ctx, key);
  expect(first).toMatchObject({ status: 201, replayed: null });
  expect(second).toMatchObject({ status: 201, body: first.body, replayed: 'true' });
  expect(second.headers.get('location')).toBe(first.headers.get('location'));
  expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'));
  expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
  expect(await born(ctx)).toBe(1);
  await bear(ctx, newKey());
  expect(await born(ctx)).toBe(2);
});

test('many at once create exactly one thing', async () => {
  const ctx = await testContext({ may: [] });
  const key = newKey();
  const open = Promise.withResolvers<void>();
  hold = open.promise;
  const answers = Promise.all(Array.from({ length: 8 }, () => bear(ctx, key)));
  setTimeout(open.resolve, 100);
  const all = await answers;
  hold = undefined;
  expect(await born(ctx)).toBe(1);
  expect(all.map((a) => a.status)).toEqual(Array(8).fill(201));
  expect(all.filter((a) => a.replayed === null)).toHaveLength(1);
  expect(new Set(all.map((a) => JSON.stringify(a.body))).size).toBe(1);
});

test('negative control: without a key, each creates its own', async () => {
  const ctx = await testContext({ may: [] });
  await Promise.all(Array.from({ length: 8 }, () => bear(ctx, undefined)));
  expect(await born(ctx)).toBe(8);
});

test('the same key for another request is refused', async () => {
  const ctx = await testContext({ may: [] });
  const key = newKey();
  await bear(ctx, key, 'Rosa');
  const other = await bear(ctx, key, 'Bella');
  expect(other).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('used before for another request') },
  });
  expect(await born(ctx)).toBe(1);
});

test('a key belongs to one actor', async () => {
  const [a, b] = [await testContext({ may: [] }), await testContext({ may: [] })];
  const key = newKey();
  await bear(a, key);
  expect(await bear(b, key)).toMatchObject({ status: 201, replayed: null });
  expect([await born(a), await born(b)]).toEqual([1, 1]);
});

test('refusals are kept like any answer; what failed on our side is not', async () => {
  const ctx = await testContext({ may: [] });
  const [refused, failed] = [newKey(), newKey()];
  mode = 'conflict';
  expect(await bear(ctx, refused)).toMatchObject({ status: 409, replayed: null });
  mode = 'crash';
  expect((await bear(ctx, failed)).status).toBe(500);
  mode = 'ok';
  expect(await bear(ctx, refused)).toMatchObject({ status: 409, replayed: 'true' });
  expect(await bear(ctx, failed)).toMatchObject({ status: 201, replayed: null });
});

test('an answer that sets a cookie is not kept', async () => {
  const ctx = await testContext({ may: [] });
  mode = 'cookie';
  const key = newKey();
  await bear(ctx, key);
  mode = 'ok';
  expect(
    await db
      .selectFrom('platform.idempotency')
      .selectAll()
      .where('actor', '=', `user:${ctx.actor.id}`)
      .execute(),
  ).toEqual([]);
});

test('a request cut off by the end of its process is not repeated by guess', async () => {
  const ctx = await testContext({ may: [] });
  const key = newKey();
  const stuck = Promise.withResolvers<void>();
  hold = stuck.promise;
  const first = bear(ctx, key);
  await expect
    .poll(
      async () =>
        (
          await db
            .selectFrom('platform.idempotency')
            .select('state')
            .where('actor', '=', `user:${ctx.actor.id}`)
            .execute()
        ).length,
    )
    .toBe(1);
  const impatient = testApi([defineRoom({ name: 'farm', routes: { calves } })], {
    idempotencyWaitSeconds: 0.2,
  });
  const second = await impatient.call(
    ctx,
    'POST',
    '/api/farm/calves',
    { name: 'Rosa' },
    { 'idempotency-key': key },
  );
  expect(second.status).toBe(409);
  expect(second.headers.get('retry-after')).toBe('5');
  // Not before: that the key is taken does not say that the first is already held.
  hold = undefined;
  stuck.resolve();
  expect((await first).status).toBe(201);
  expect(await born(ctx)).toBe(1);
});

test('keys are refused when they could be guessed, and ignored without a person behind them', async () => {
  const ctx = await testContext({ may: [] });
  expect((await bear(ctx, '1')).status).toBe(422);
  expect((await bear(ctx, `with space ${newKey()}`)).status).toBe(422);
  expect((await bear(ctx, 'x'.repeat(201))).status).toBe(422);
  expect(await born(ctx)).toBe(0);
  const key = newKey();
  expect((await bear(null, key)).replayed).toBe(null);
  expect((await bear(null, key)).replayed).toBe(null);
});

test('neither the key nor the answer lies readable in the database, and both go after a day', async () => {
  const ctx = await testContext({ may: [] });
  const key = newKey();
  await bear(ctx, key, 'Secretcalf');
  const { rows } = await sql<{
    all: string;
  }>`select string_agg(i::text || encode(coalesce(sealed, ''), 'escape'), '') as all from platform.idempotency i`.execute(
    db,
  );
  expect(rows[0]?.all).not.toContain('Secretcalf');
  expect(rows[0]?.all).not.toContain(key);
  await sql`update platform.idempotency set created_at = now() - interval '25 hours' where actor = ${`user:${ctx.actor.id}`}`.execute(
    db,
  );
  const before = await db.selectFrom('platform.idempotency').select('actor').execute();
  await forgetAnswers.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  const after = await db.selectFrom('platform.idempotency').select('actor').execute();
  expect(before.length - after.length).toBe(1);
  expect(await bear(ctx, key, 'Secretcalf')).toMatchObject({ status: 201, replayed: null });
});
