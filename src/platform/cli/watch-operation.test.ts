import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RunOptions, startTestCli } from '#tests/support/cli.ts';
import { database } from '#tests/support/context.ts';
import { inTransaction } from '../server/context.ts';
import { createLog } from '../server/log.ts';
import { defineOperation, done, fail, go, step, wait } from '../server/operations/define-operation.ts';
import { knowOperations } from '../server/operations/queries.ts';
import { runOperation } from '../server/operations/run-operation.ts';
import { startOperation } from '../server/operations/start-operation.ts';

const cli = await startTestCli();
const log = createLog('test', 'silent');

/** What the second step does when it is looked at next. */
let may: 'wait' | 'succeed' | 'fail' | 'break-first' = 'wait';
const title = { en: 'Paint the fence', 'zh-CN': '粉刷围栏' };
const paint = defineOperation('test.paint', {
  title,
  deadlineSeconds: 600,
  cancelStep: 'wash',
  steps: {
    mix: step({ en: 'Mix the paint', 'zh-CN': '调配油漆' }, async (op) => {
      if (may === 'break-first')
        return fail({ en: 'The tin is empty. Buy paint.', 'zh-CN': '油漆桶空了，请购买。' });
      await op.say({ en: 'Mixed 3 l of green', 'zh-CN': '已调配 3 升绿漆' });
      return go('brush');
    }),
    brush: step({ en: 'Brush it on', 'zh-CN': '刷漆' }, async (op) => {
      if (may === 'wait') return wait(600, { en: 'Waiting for dry weather.', 'zh-CN': '等待天晴。' });
      await op.say({ en: 'Rain is near', 'zh-CN': '快下雨了' }, 'warning');
      return go('dry');
    }),
    dry: step({ en: 'Let it dry', 'zh-CN': '晾干' }, async () => done),
    wash: step({ en: 'Wash it off', 'zh-CN': '洗掉' }, async () => done, { hidden: true }),
  },
});
knowOperations([paint]);
const look = (id: string) => runOperation(database.db, new Map([[paint.kind, paint]]), id, log);

let id = '';
beforeEach(async () => {
  may = 'wait';
  id = await inTransaction(cli.owner, (tx) => startOperation(tx, paint, crypto.randomUUID()));
});
afterEach(() => {
  cli.intercept = undefined;
});

/** A command under way; `heard` is kept once its display has said the words, however busy the machine is. */
function start(words: string, options?: RunOptions) {
  let said = '';
  const ended = cli.run(words, { ...options, watch: (errors) => (said = errors) });
  return {
    ended,
    heard: (words: string) => expect.poll(() => said).toContain(words),
  };
}

/** Times are what they are; the rest of a line is what is promised. */
const plain = (errors: string) =>
  errors.replace(/^\d\d:\d\d:\d\d/gm, 'TIME').replace(/\d+(\.\d)? (s|秒)/g, 'N $2');

test('plain lines, one a change, when nobody sits there', async () => {
  may = 'succeed';
  const watching = start(`operation watch ${id}`);
  await watching.heard('Mix the paint: begun');
  await look(id);
  const { code, out, errors } = await watching.ended;
  expect(out).toBe('Paint the fence: done.\n');
  expect(plain(errors)).toBe(
    [
      'TIME Paint the fence',
      'TIME Mix the paint: begun',
      'TIME   Mixed 3 l of green',
      'TIME Mix the paint: done (N s)',
      'TIME Brush it on: begun',
      'TIME   warning: Rain is near',
      'TIME Brush it on: done (N s)',
      'TIME Let it dry: begun',
      'TIME Let it dry: done (N s)',
      '',
    ].join('\n'),
  );
  expect(code).toBe(0);
});

test('goes on after every cut of the connection, and shows each line once', async () => {
  const watching = start(`operation watch ${id} --lang zh-CN`);
  await watching.heard('粉刷围栏');
  cli.cut();
  await look(id);
  await watching.heard('等待天晴');
  cli.cut();
  may = 'succeed';
  await look(id);
  const { code, out, errors } = await watching.ended;
  expect(code).toBe(0);
  expect(out).toBe('粉刷围栏：完成。\n');
  expect(errors.match(/已调配 3 升绿漆/g)).toHaveLength(1);
  expect(errors.match(/警告: 快下雨了/g)).toHaveLength(1);
  expect(errors.match(/等待天晴/g)).toHaveLength(1);
  expect(errors).toContain('连接中断');
  const streams = cli.requests.filter(({ line }) => line.includes(`${id}/events`));
  expect(streams.length).toBeGreaterThanOrEqual(3);
  expect(Number(streams.at(-1)?.headers.get('last-event-id'))).toBeGreaterThan(0);
});

test('goes on over a server that is away for a moment', async () => {
  let refused = 0;
  cli.intercept = (request) => {
    if (!request.url.endsWith('/events') || refused === 2) return undefined;
    refused += 1;
    return new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
  };
  may = 'succeed';
  await look(id);
  expect((await cli.run(`operation watch ${id}`)).code).toBe(0);
  expect(refused).toBe(2);
});

test('Ctrl-C stops watching, not the work, and says how to look again', async () => {
  let pressed = false;
  const { code, out, errors } = await cli.run(`operation watch ${id}`, {
    watch(said, interrupt) {
      if (pressed || !said.includes('begun')) return;
      pressed = true;
      setTimeout(interrupt, 100);
    },
  });
  expect(code).toBe(130);
  expect(out).toBe('');
  expect(errors).toContain(`the work goes on. Look again with: elepherd operation watch ${id}`);
  expect(JSON.parse((await cli.run(`operation show ${id} --json`)).out)).toMatchObject({ state: 'running' });
});

test('--wait-timeout ends with 124, and the work goes on', async () => {
  await look(id);
  const { code, errors } = await cli.run(`operation watch ${id} --wait-timeout 0.5`);
  expect(code).toBe(124);
  expect(errors).toContain(
    `Not done after 0.5 s; the work goes on. Look again with: elepherd operation watch ${id}`,
  );
  expect(JSON.parse((await cli.run(`operation show ${id} --json`)).out)).toMatchObject({ state: 'running' });
});

test('a failed operation ends with 7, the reason and how to retry; retry --wait sees it through', async () => {
  may = 'break-first';
  await look(id);
  const failed = await cli.run(`operation watch ${id}`);
  expect(failed.code).toBe(7);
  expect(failed.errors).toContain(
    `elepherd: Paint the fence: failed. The tin is empty. Buy paint.\nAfter putting it right: elepherd operation retry ${id} --wait`,
  );
  const asJson = await cli.run(`operation watch ${id} --json --quiet`);
  expect(asJson).toMatchObject({ code: 7, out: '' });
  expect(JSON.parse(asJson.errors)).toMatchObject({ code: 'operationFailed' });

  may = 'succeed';
  const retrying = start(`operation retry ${id} --wait --json`);
  await retrying.heard('begun');
  await look(id);
  const retried = await retrying.ended;
  expect(retried.code).toBe(0);
  expect(JSON.parse(retried.out)).toMatchObject({ id, state: 'succeeded' });
});

test('a cancelled operation ends with 7 as well', async () => {
  await look(id);
  expect((await cli.run(`operation cancel ${id}`)).out).toBe('Cancelling was asked for: Paint the fence\n');
  await look(id);
  const { code, errors } = await cli.run(`operation watch ${id}`);
  expect(code).toBe(7);
  expect(errors).toContain('Paint the fence: cancelled.');
  expect((await cli.run(`operation cancel ${id}`)).code).toBe(5);
});

test('on a terminal a block of steps is drawn in place, and no line is wider than the screen', async () => {
  const columns = 30;
  const watching = start(`operation watch ${id}`, { columns });
  await watching.heard('Mix the paint');
  await look(id);
  await watching.heard('● Brush it on');
  may = 'succeed';
  await look(id);
  const { errors } = await watching.ended;
  const screen = draw(errors);
  expect(screen.map((line) => line.replace(/\d+(\.\d)? s$/, 'N s').replace(/^[\d:]{8}/, 'TIME'))).toEqual([
    'TIME Mixed 3 l of green',
    'TIME Rain is near',
    'Paint the fence',
    '  ✓ Mix the paint  N s',
    '  ✓ Brush it on  N s',
    '  ✓ Let it dry  N s',
  ]);
  expect(errors).toContain('  ● Brush it on');
  expect(errors).toContain('  · Let it dry');
  expect(Math.max(...screen.map((line) => line.length))).toBeLessThan(columns);
});

test('--quiet prints the id alone', async () => {
  may = 'succeed';
  await look(id);
  expect(await cli.run(`operation watch ${id} --quiet`)).toEqual({ code: 0, out: `${id}\n`, errors: '' });
});

test("prints exactly the API's JSON, and tables of both languages", async () => {
  may = 'succeed';
  await look(id);
  const answer = await fetch(`${cli.url}/api/platform/operations/${id}`, {
    headers: { authorization: `Bearer ${(await readToken()).trim()}` },
  });
  expect((await cli.run(`operation show ${id} --json`)).out).toBe(`${await answer.text()}\n`);
  await database.db.deleteFrom('platform.operation').where('id', '!=', id).execute();
  for (const language of ['en', 'zh-CN']) {
    const shown = await cli.transcript(
      [
        'operation list',
        `operation show ${id}`,
        `operation log ${id}`,
        'operation list --quiet',
        'operation show 00000000-0000-4000-8000-000000000000',
        'operation show nonsense',
        'operation show ..',
        `operation retry ${id}`,
      ].map((line) => `${line} --lang ${language}`),
    );
    await expect(shown).toMatchFileSnapshot(`golden/operations.${language}.txt`);
  }
});

async function readToken(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(`${cli.home}/admin-token`, 'utf8');
}

/** What stands on a screen after the given output: lines, cursor up, clear to the end. */
function draw(output: string): string[] {
  const lines: string[] = [''];
  let row = 0;
  // oxlint-disable-next-line no-control-regex -- these are what the display is made of
  for (const part of output.split(/(\u001b\[\d+A|\u001b\[J|\u001b\[\d+m|\n|\r)/)) {
    const up = /\[(\d+)A/.exec(part);
    if (up) row -= Number(up[1]);
    else if (part === '\u001b[J') lines.length = row + 1;
    else if (part === '\r') lines[row] = '';
    else if (part === '\n') lines[(row += 1)] ??= '';
    else if (!part.startsWith('\u001b')) lines[row] = (lines[row] ?? '') + part;
  }
  return lines.filter((line) => line !== '');
}
