import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  anonymousKey,
  answerFromMemory,
  createPacker,
  createPageCache,
  hasIt,
  keepable,
} from './web-cache.ts';

const cache = createPageCache();
let server: Server;
let host = '';

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    if (!answerFromMemory(cache, incoming, outgoing)) outgoing.writeHead(404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const drawn = (text: string) =>
  new Response(text, {
    headers: { 'content-type': 'text/html; charset=utf-8', etag: 'W/"one"', vary: 'cookie' },
  });
const words = '象群 '.repeat(1000);
const keep = async (path: string, locale = 'en', seconds = 60) =>
  cache.keep(`${locale}   ${host}${path}`, await keepable(drawn(words), Date.now() + seconds * 1000));

/** The bytes of an answer as the socket has them, and its head. */
async function raw(path: string, headers: Record<string, string>, method = 'GET') {
  const chunks: Buffer[] = [];
  const [address = '', port = '0'] = host.split(':');
  const socket = connect(Number(port), address);
  const lines = Object.entries({ host, connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.end(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const at = all.indexOf('\r\n\r\n');
  return { head: all.subarray(0, at).toString(), body: all.subarray(at + 4) };
}

test('a kept page leaves packed or plain, as its reader takes it, and whole', async () => {
  await keep('/community');
  const packed = await raw('/community', { 'accept-encoding': 'gzip, br', 'accept-language': 'en' });
  expect(packed.head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(packed.head).toContain('content-encoding: gzip');
  expect(packed.head).toContain(`content-length: ${packed.body.length}`);
  expect(gunzipSync(packed.body).toString()).toBe(words);
  const plain = await raw('/community', { 'accept-language': 'en' });
  expect(plain.head).not.toContain('content-encoding');
  expect(plain.body.toString()).toBe(words);
});

test('who has the page is sent no body', async () => {
  await keep('/again');
  const answer = await raw('/again', { 'if-none-match': 'W/"other", "one"', 'accept-language': 'en' });
  expect(answer.head).toMatch(/^HTTP\/1.1 304 /);
  expect(answer.head).toContain('etag: W/"one"');
  expect(answer.body.length).toBe(0);
});

test.each([
  ['a session', { cookie: 'elepherd_locale=en; elepherd_session=x' }],
  ['any other cookie', { cookie: 'analytics=1' }],
  ['another language', { 'accept-language': 'zh-CN' }],
  ['another language by cookie', { 'accept-language': 'en', cookie: 'elepherd_locale=zh-CN' }],
  ['other colours', { 'accept-language': 'en', cookie: 'elepherd_scheme=dark' }],
])('a reader with %s is not answered from here', async (_, headers) => {
  await keep('/english');
  expect((await raw('/english', headers as Record<string, string>)).head).toMatch(/ 404 /);
});

test('a write and another host are not answered from here, nor a page past its seconds', async () => {
  await keep('/page');
  await keep('/old', 'en', 0);
  expect((await raw('/page', { 'accept-language': 'en' }, 'POST')).head).toMatch(/ 404 /);
  expect((await raw('/page', { 'accept-language': 'en', host: 'other.example' })).head).toMatch(/ 404 /);
  expect((await raw('/old', { 'accept-language': 'en' })).head).toMatch(/ 404 /);
  expect((await raw('/page', { 'accept-language': 'en' })).head).toMatch(/ 200 /);
});

test('the oldest page goes when there are too many', async () => {
  const few = createPageCache(2);
  const page = await keepable(drawn(words), Date.now() + 60_000);
  for (const key of ['a', 'b', 'c']) few.keep(key, page);
  expect(['a', 'b', 'c'].map((key) => few.find(key) !== undefined)).toEqual([false, true, true]);
});

test('the key of a reader without preferences is the language they read, and the place', () => {
  expect(anonymousKey('x/y', null, 'zh-TW,en;q=0.5')).toBe('zh-CN   x/y');
  expect(anonymousKey('x/y', 'elepherd_locale=nonsense', 'en')).toBe('en   x/y');
  expect(anonymousKey('x/y', 'elepherd_tz=Asia%2FShanghai; elepherd_scheme=dark', null)).toBe(
    'en dark Asia%2FShanghai x/y',
  );
});

test('an ETag fits weakly and in a list', () => {
  expect(hasIt('"one"', 'W/"one"')).toBe(true);
  expect(hasIt('"two", W/"one"', 'W/"one"')).toBe(true);
  expect(hasIt('"two"', 'W/"one"')).toBe(false);
  expect(hasIt(null, 'W/"one"')).toBe(false);
});

test('one packer packs pages of any size asked for at once, each whole and by itself', async () => {
  const pack = createPacker();
  // Words that stand in several pages, as the shared part of them does.
  const kept = ['the head of all pages', ''].map((text) => ({ text, isKept: true }) as const);
  const page = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => ({ text })),
      fc.constantFrom(...kept),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(page), fc.nat(200_000), async (pages, size) => {
      const all = [...pages, [kept[0]!, { text: '象群 '.repeat(size) }]];
      const packed = await Promise.all(all.map(async (pieces) => pack(pieces)));
      expect(packed.map((bytes) => gunzipSync(bytes).toString())).toEqual(
        all.map((pieces) => pieces.map(({ text }) => text.toWellFormed()).join('')),
      );
    }),
    { numRuns: 40 },
  );
  // What was packed before leaves no trace: a page comes out the same after its twin and after another.
  const [first, twin, , after] = await Promise.all(
    [words, words, 'other', words].map(async (text) => pack([{ text }])),
  );
  expect(twin).toEqual(first);
  expect(after).toEqual(first);
});
