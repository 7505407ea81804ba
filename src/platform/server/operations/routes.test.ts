import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { OperationEvent } from '../../contract/operations.ts';
import { type Context, inTransaction } from '../context.ts';
import { startListening } from '../listen.ts';
import { createLog } from '../log.ts';
import { platform } from '../platform.ts';
import { defineOperation, done, fail, go, step, wait } from './define-operation.ts';
import { followOperation } from './follow-operation.ts';
import { knowOperations } from './queries.ts';
import { runOperation } from './run-operation.ts';
import { startOperation } from './start-operation.ts';

const { db, url } = database;
const log = createLog('test', 'silent');
const api = testApi([platform]);
const title = { en: 'Test', 'zh-CN': '测试' };
const say = (n: number) => ({ en: `line ${n}`, 'zh-CN': `第 ${n} 行` });

let may = 'wait';
const definition = defineOperation('test.followed', {
  title,
  deadlineSeconds: 60,
  cancelStep: 'undo',
  steps: {
    first: step(title, async (op) => {
      await op.say(say(1));
      await op.say(say(2));
      return go('second');
    }),
    second: step(title, async (op) => {
      if (may === 'wait') return wait(60);
      await op.say(say(3));
      return may === 'fail' ? fail(title) : done;
    }),
    undo: step(title, async () => done, { hidden: true }),
  },
});
knowOperations([definition]);
const run = (id: string) => runOperation(db, new Map([[definition.kind, definition]]), id, log);
const started = async (ctx: Context) =>
  inTransaction(ctx, (tx) => startOperation(tx, definition, crypto.randomUUID()));

let listener: ReturnType<typeof startListening>;
beforeAll(() => {
  listener = startListening(url, log);
});
afterAll(() => listener.stop());

/** Reads events from a stream as they come. */
async function* eventsOf(stream: ReadableStream<Uint8Array>) {
  let text = '';
  for await (const piece of stream.pipeThrough(
    new TextDecoderStream() as never,
  ) as unknown as AsyncIterable<string>) {
    text += piece;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      if (block.startsWith(':')) yield { comment: block, id: '', event: undefined };
      else {
        const fields = Object.fromEntries(
          block.split('\n').map((l) => [l.slice(0, l.indexOf(': ')), l.slice(l.indexOf(': ') + 2)]),
        );
        expect(fields['event']).toBe('operation');
        yield {
          comment: undefined,
          id: fields['id'] ?? '',
          event: OperationEvent.parse(JSON.parse(fields['data'] ?? '')),
        };
      }
    }
  }
}

const shown = (events: Awaited<ReturnType<typeof collect>>) =>
  events.map((e) => ({ state: e.event?.operation.state, lines: e.event?.lines.map((l) => l.text.en) }));
async function collect(stream: ReadableStream<Uint8Array>) {
  const all = [];
  for await (const event of eventsOf(stream)) all.push(event);
  return all;
}

test('shows how an operation goes on, line by line, and ends with it', async () => {
  may = 'wait';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  const answer = await api.call(ctx, 'GET', `/api/platform/operations/${id}/events`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events = eventsOf(answer.body!);
  expect((await events.next()).value!.event?.lines).toEqual([]);
  await run(id);
  may = 'done';
  const seen: string[] = [];
  let last: OperationEvent | undefined;
  let lastId = '';
  let ran = false;
  for await (const { event, id: eventId } of events) {
    for (const line of event?.lines ?? []) seen.push(line.text.en);
    last = event;
    lastId = eventId;
    if (seen.length === 2 && !ran) {
      ran = true;
      void run(id);
    }
  }
  expect(seen).toEqual(['line 1', 'line 2', 'line 3']);
  expect(last?.operation).toMatchObject({
    state: 'succeeded',
    steps: [{ state: 'done' }, { state: 'done' }],
  });
  const { rows } = await sql<{
    id: number;
  }>`select max(id) as id from platform.operation_log where operation_id = ${id}`.execute(db);
  expect(lastId).toBe(String(rows[0]?.id));
});

test('resumes after the last line that was seen, by header or by query', async () => {
  may = 'done';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  await run(id);
  const path = `/api/platform/operations/${id}/events`;
  const all = await collect((await api.call(ctx, 'GET', path)).body!);
  expect(shown(all)).toEqual([{ state: 'succeeded', lines: ['line 1', 'line 2', 'line 3'] }]);
  const second = all[0]!.event!.lines[1]!.id;
  for (const [suffix, headers] of [
    ['', { 'last-event-id': String(second) }],
    [`?after=${second}`, {}],
    ['?after=0', { 'last-event-id': String(second) }],
  ] as const) {
    const rest = await collect((await api.call(ctx, 'GET', path + suffix, undefined, headers)).body!);
    expect(shown(rest)).toEqual([{ state: 'succeeded', lines: ['line 3'] }]);
  }
});

test('a long log comes whole, in pieces', async () => {
  may = 'done';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  await sql`insert into platform.operation_log (operation_id, step, text)
    select ${id}, 'first', jsonb_build_object('en', 'n' || n, 'zh-CN', 'n') from generate_series(1, 2500) n`.execute(
    db,
  );
  await run(id);
  const events = await collect(await followOperation(ctx, id, 0));
  expect(events.map((e) => e.event?.lines.length)).toEqual([1000, 1000, 503]);
});

test('says that it lives while nothing happens, and ends after its time', async () => {
  may = 'wait';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  await run(id);
  const events = await collect(
    await followOperation(ctx, id, 0, { heartbeatSeconds: 0.05, streamSecondsAtMost: 0.3 }),
  );
  expect(events[0]?.event?.operation.state).toBe('running');
  expect(events.filter((e) => e.comment === ': still here').length).toBeGreaterThan(1);
});

test('a change that no notification told is shown at the next heartbeat', async () => {
  may = 'wait';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  await run(id);
  const events = eventsOf(await followOperation(ctx, id, 0, { heartbeatSeconds: 0.05 }));
  await events.next();
  await db.updateTable('platform.operation').set({ state: 'failed' }).where('id', '=', id).execute();
  let last: string | undefined;
  for await (const { event } of events) last = event?.operation.state ?? last;
  expect(last).toBe('failed');
});

test('a reader who leaves is forgotten', async () => {
  may = 'wait';
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  await run(id);
  let left = false;
  const server = serve({
    port: 0,
    async fetch(request, env) {
      const answer = await api.app.fetch(request, env);
      const reader = answer.body!.getReader();
      const body = new ReadableStream({
        async pull(stream) {
          const { value, done: over } = await reader.read();
          if (over) stream.close();
          else stream.enqueue(value);
        },
        async cancel() {
          await reader.cancel();
          left = true;
        },
      });
      return new Response(body, answer);
    },
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const leave = new AbortController();
  // The person is known to the API by the first call.
  await api.call(ctx, 'GET', `/api/platform/operations/${id}`);
  const answer = await fetch(`http://127.0.0.1:${port}/api/platform/operations/${id}/events`, {
    headers: { 'x-test-actor': ctx.actor.id! },
    signal: leave.signal,
  });
  const first = await answer.body!.getReader().read();
  expect(new TextDecoder().decode(first.value)).toContain('event: operation');
  leave.abort();
  await expect.poll(() => left).toBe(true);
  await new Promise((resolve) => server.close(resolve));
});

test("another organisation's operation, and one that is not there, are not found; the permission is asked for", async () => {
  const ctx = await testContext({ may: ['*'] });
  const id = await started(ctx);
  const path = `/api/platform/operations/${id}/events`;
  expect((await api.call(await testContext({ may: ['*'] }), 'GET', path)).status).toBe(404);
  expect((await api.call(ctx, 'GET', `/api/platform/operations/${crypto.randomUUID()}/events`)).status).toBe(
    404,
  );
  expect((await api.call(await testContext({ may: [], orgId: ctx.actor.orgId }), 'GET', path)).status).toBe(
    403,
  );
  expect((await api.call(null, 'GET', path)).status).toBe(401);
  expect((await api.call(ctx, 'GET', path, undefined, { 'last-event-id': 'x' })).status).toBe(422);
});

test('every operation route answers what the description says', async () => {
  may = 'wait';
  const document = await api.openapi();
  const ctx = await testContext({ may: ['*'] });
  const ids = [await started(ctx), await started(ctx), await started(ctx)];
  await run(ids[0]!);
  const check = async (method: string, path: string, who: Context | null = ctx) => {
    const answer = await api.call(who, method, path);
    return { status: answer.status, body: (await expectResponse(document, method, path, answer)) as never };
  };
  const first = await check('GET', '/api/platform/operations?limit=2');
  const { items, nextCursor } = first.body as { items: { id: string }[]; nextCursor: string };
  const second = await check('GET', `/api/platform/operations?limit=2&cursor=${nextCursor}`);
  const rest = second.body as { items: { id: string }[]; nextCursor: string | null };
  expect([...items, ...rest.items].map((o) => o.id)).toEqual(ids.toReversed());
  expect(rest.nextCursor).toBe(null);
  const one = `/api/platform/operations/${ids[0]}`;
  await check('GET', one);
  await check('GET', `${one}/log`);
  expect((await check('POST', `${one}/retry`)).status).toBe(409);
  expect((await check('POST', `${one}/cancel`)).body).toMatchObject({ state: 'cancelling' });
  expect((await check('GET', one, null)).status).toBe(401);
  expect((await check('GET', '/api/platform/operations?cursor=nonsense')).status).toBe(422);
});
