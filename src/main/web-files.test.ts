import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staticFiles } from './web-files.ts';

const script = 'export const herd = 12;\n';
let root = '';
let serve: Awaited<ReturnType<typeof staticFiles>>;

beforeAll(async () => {
  const outer = await mkdtemp(join(tmpdir(), 'elepherd-files-'));
  root = join(outer, 'client');
  await mkdir(join(root, 'assets'), { recursive: true });
  await mkdir(join(root, '.vite'));
  await writeFile(join(outer, 'secret.txt'), 'secret');
  await writeFile(join(root, '.vite/manifest.json'), '{}');
  await writeFile(join(root, 'favicon.svg'), '<svg/>');
  await writeFile(join(root, 'assets/app-1.js'), script);
  await writeFile(join(root, 'assets/run-worker-Ab_1.js'), script);
  await writeFile(join(root, 'assets/app-1.js.br'), brotliCompressSync(script));
  serve = await staticFiles(root);
});
afterAll(() => rm(join(root, '..'), { recursive: true }));

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  serve(new Request(`http://elepherd.example${path}`, { method, headers }));

test('an asset is for ever, any other file for an hour', () => {
  expect(get('/assets/app-1.js')?.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(get('/favicon.svg')?.headers.get('cache-control')).toBe('public, max-age=3600');
});

test('sends what was compressed before to whoever can read it', async () => {
  const small = get('/assets/app-1.js', { 'accept-encoding': 'gzip, br' });
  expect(small?.headers.get('content-encoding')).toBe('br');
  const bytes = new Uint8Array((await small?.arrayBuffer()) ?? new ArrayBuffer());
  expect(brotliDecompressSync(bytes).toString()).toBe(script);
  const plain = get('/assets/app-1.js', { 'accept-encoding': 'zstd' });
  expect(plain?.headers.get('content-encoding')).toBeNull();
  expect(await plain?.text()).toBe(script);
});

test('says so when the reader already has it', () => {
  const etag = get('/favicon.svg')?.headers.get('etag') ?? '';
  expect(get('/favicon.svg', { 'if-none-match': etag })?.status).toBe(304);
});

test('only the thread that runs SQL may compile WebAssembly', () => {
  const policyOf = (path: string) => get(path)?.headers.get('content-security-policy');
  expect(policyOf('/assets/run-worker-Ab_1.js')).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  );
  for (const path of ['/assets/app-1.js', '/favicon.svg']) expect(policyOf(path)).not.toContain('wasm');
});

test('takes no writes', () => {
  expect(get('/favicon.svg', {}, 'POST')?.status).toBe(405);
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/.vite/manifest.json',
  '/assets/app-1.js.br',
])('%s is no file', (path) => {
  expect(get(path)?.status ?? 404).toBe(404);
});
