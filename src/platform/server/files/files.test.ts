import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { expectResponse } from '#tests/support/openapi.ts';
import { type S3Server, startS3Server } from '#tests/support/s3-server.ts';
import type { StoredFile } from '../../contract/files.ts';
import { type Config, readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { createLog } from '../log.ts';
import { platform } from '../platform.ts';
import { openFilePlace, setFilePlace } from './file-place.ts';
import { type FileStore, openFileStore } from './file-store.ts';
import { typeOfHead } from './receive-bytes.ts';
import { removeBytes, sweepFiles } from './remove-bytes.job.ts';

const { db } = database;
const api = testApi([platform]);
const keys = { id: 'herd-key', secret: 'herd+secret/key', region: 'eu-west-3' };
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('not really a picture')]);
const everything = { may: ['platform.file.*'] };
const log = createLog('test', 'silent');

let home: string;
let s3: S3Server;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-files-'));
  s3 = await startS3Server(keys);
});
afterAll(async () => {
  await s3.stop();
  await rm(home, { recursive: true });
});

const settings = (kind: string, change: NodeJS.ProcessEnv = {}): Config =>
  readConfig({
    ELEPHERD_HOME: home,
    FILE_BYTES_AT_MOST: String(3 * 1024 * 1024),
    ...(kind === 'bucket' && {
      FILES_URL: s3.url,
      FILES_ACCESS_KEY: keys.id,
      FILES_SECRET_KEY: keys.secret,
      FILES_REGION: keys.region,
    }),
    ...change,
  });

const incoming = () => readdir(join(home, 'incoming')).catch(() => []);
const hex = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe.each(['folder', 'bucket'])('in a %s', (kind) => {
  let config: Config;
  let store: FileStore;
  beforeEach(() => {
    config = settings(kind);
    store = openFileStore(config);
    setFilePlace(openFilePlace(config));
  });

  const upload = async (who: Context | null, bytes: Uint8Array | ReadableStream, query = '?name=a') => {
    const path = `/api/platform/files${query}`;
    const answer = await api.call(who, 'POST', path, bytes, { 'content-type': 'application/octet-stream' });
    return {
      status: answer.status,
      body: (await expectResponse(await api.openapi(), 'POST', path, answer)) as StoredFile & {
        detail: string;
      },
    };
  };
  const download = (who: Context | null, id: string, headers = {}) =>
    api.call(who, 'GET', `/api/platform/files/${id}`, undefined, headers);
  const placeOf = async (id: string) =>
    (await db.selectFrom('platform.file').select('place').where('id', '=', id).executeTakeFirstOrThrow())
      .place;
  const rows = async (who: Context) =>
    (await db.selectFrom('platform.file').select('id').where('org_id', '=', who.actor.orgId).execute())
      .length;

  test('keeps what it is given, and gives it back with careful headers', async () => {
    const ctx = await testContext(everything);
    const { status, body } = await upload(ctx, png, `?name=${encodeURIComponent('象群 "logo" \'1\'.svg')}`);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      contentType: 'image/png',
      sizeBytes: png.length,
      sha256: hex(png),
      isPublic: false,
    });
    const answer = await download(ctx, body.id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'content-disposition': "inline; filename*=UTF-8''%E8%B1%A1%E7%BE%A4%20%22logo%22%20%271%27.svg",
    });
    expect((await download(ctx, body.id, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304);
    const place = await placeOf(body.id);
    expect(place).not.toContain('logo');
    expect(await store.stat(place)).toEqual({ sizeBytes: png.length });
    expect(await incoming()).toEqual([]);
  });

  test('what is not a picture is downloaded and never shown', async () => {
    const ctx = await testContext(everything);
    const { body } = await upload(ctx, Buffer.from('<script>alert(1)</script>'), '?name=page.html');
    expect(body.contentType).toBe('text/plain; charset=utf-8');
    const answer = await download(ctx, body.id);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test('a large file goes through in pieces; one above the limit is refused while it comes, and leaves nothing', async () => {
    const ctx = await testContext(everything);
    const piece = Buffer.alloc(64 * 1024, 'x');
    let sent = 0;
    const stream = (pieces: number) =>
      new ReadableStream({
        pull(c) {
          if (sent++ === pieces) c.close();
          else c.enqueue(piece);
        },
      });
    const { body } = await upload(ctx, stream(48));
    expect(body.sizeBytes).toBe(3 * 1024 * 1024);
    sent = 0;
    const refused = await upload(ctx, stream(10_000));
    expect(refused).toMatchObject({
      status: 413,
      body: { detail: expect.stringContaining('larger than 3 MiB') },
    });
    expect(sent).toBeLessThan(60);
    expect(await rows(ctx)).toBe(1);
    expect(await incoming()).toEqual([]);
  });

  test.for([
    ['empty', Buffer.alloc(0)],
    ['an HTML page in UTF-16', Buffer.from('<html>', 'utf16le')],
    ['an executable', Buffer.from('7f454c4602010100', 'hex')],
    ['SVG is text, a picture with a wrong beginning is nothing', Buffer.from('89504e47ff', 'hex')],
    ['text cut in the middle of a character', Buffer.from('象').subarray(0, 2)],
  ] as const)('refuses what is not on the list: %s', async ([, bytes]) => {
    const ctx = await testContext(everything);
    expect((await upload(ctx, bytes)).status).toBe(422);
    expect(await rows(ctx)).toBe(0);
    expect(await incoming()).toEqual([]);
  });

  test('a private file is for its organisation; a public one for everybody', async () => {
    const ctx = await testContext(everything);
    const secret = (await upload(ctx, png)).body.id;
    const open = (await upload(ctx, png, '?name=a&public=true')).body.id;
    const stranger = await testContext(everything);
    const weak = await testContext({ may: [], orgId: ctx.actor.orgId });
    expect((await download(ctx, secret)).status).toBe(200);
    expect((await download(stranger, secret)).status).toBe(404);
    expect((await download(weak, secret)).status).toBe(403);
    expect((await download(null, secret)).status).toBe(401);
    expect((await download(null, crypto.randomUUID())).status).toBe(401);
    expect((await download(stranger, crypto.randomUUID())).status).toBe(404);
    const answer = await download(null, open);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600');
    expect((await upload(weak, png)).status).toBe(403);
    expect((await upload(null, png)).status).toBe(401);
    expect((await api.call(stranger, 'DELETE', `/api/platform/files/${secret}`)).status).toBe(404);
    expect((await api.call(weak, 'DELETE', `/api/platform/files/${secret}`)).status).toBe(403);
  });

  test('a removed file is gone at once, and its bytes soon after', async () => {
    const ctx = await testContext(everything);
    const { id } = (await upload(ctx, png)).body;
    const place = await placeOf(id);
    expect((await api.call(ctx, 'DELETE', `/api/platform/files/${id}`)).status).toBe(204);
    expect((await download(ctx, id)).status).toBe(404);
    expect((await api.call(ctx, 'DELETE', `/api/platform/files/${id}`)).status).toBe(404);
    const { rows: jobs } = await sql<{
      place: string;
    }>`select payload->>'place' as place from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'platform.remove-bytes' and payload->>'place' = ${place}`.execute(
      db,
    );
    expect(jobs).toEqual([{ place }]);
    expect(await store.stat(place)).toBeDefined();
    await removeBytes.run({ db, log, config }, { place } as never);
    await removeBytes.run({ db, log, config }, { place } as never);
    expect(await store.stat(place)).toBe(undefined);
    expect(await store.get(place)).toBe(undefined);
  });

  test('uploads that were cut off are swept with what they left; others stay', async () => {
    const ctx = await testContext(everything);
    const [kept, cut, young] = [
      (await upload(ctx, png)).body.id,
      (await upload(ctx, png)).body.id,
      (await upload(ctx, png)).body.id,
    ];
    const places = await Promise.all([kept, cut, young].map(placeOf));
    await sql`update platform.file set stored_at = null where id in (${cut}, ${young})`.execute(db);
    await sql`update platform.file set created_at = now() - interval '2 hours' where id in (${kept}, ${cut})`.execute(
      db,
    );
    expect((await download(ctx, cut)).status).toBe(404);
    await sweepFiles.run({ db, log, config }, {} as never);
    expect(await Promise.all(places.map(async (place) => (await store.stat(place)) !== undefined))).toEqual([
      true,
      false,
      true,
    ]);
    expect(await rows(ctx)).toBe(2);
  });

  test('a store refuses every name that is not one of its own', async () => {
    for (const place of ['../secret.key', 'ab/../../x', '/etc/passwd', 'ab/cd', '']) {
      await expect(async () => store.get(place), place).rejects.toThrow('not a place');
      await expect(async () => store.delete(place), place).rejects.toThrow('not a place');
    }
  });
});

test('a bucket that fails for a moment is asked again; one that stays away is said, and nothing is kept', async () => {
  const config = settings('bucket');
  setFilePlace(openFilePlace(config));
  const ctx = await testContext(everything);
  s3.failing = 2;
  expect((await api.call(ctx, 'POST', '/api/platform/files?name=a', png)).status).toBe(201);
  s3.failing = 1000;
  const answer = await api.call(ctx, 'POST', '/api/platform/files?name=a', png);
  s3.failing = 0;
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('60');
  expect(await incoming()).toEqual([]);
});

test('a wrong key, region or bucket is refused by the store and said', async () => {
  const place = `ab/${'ab'.repeat(16)}`;
  for (const change of [
    { FILES_SECRET_KEY: 'wrong' },
    { FILES_ACCESS_KEY: 'wrong' },
    { FILES_REGION: 'mars-1' },
  ]) {
    await expect(openFileStore(settings('bucket', change)).stat(place)).rejects.toThrow('403');
  }
  const path = join(home, 'some');
  await writeFile(path, png);
  const elsewhere = openFileStore(settings('bucket', { FILES_URL: s3.url.replace('/herd', '/nothing') }));
  const bytes = {
    path,
    sizeBytes: png.length,
    sha256: createHash('sha256').update(png).digest(),
    contentType: 'image/png',
  };
  await expect(elsewhere.put(place, bytes)).rejects.toThrow('no such bucket');
});

test('what a killed upload left in the folder for incoming files goes after a day', async () => {
  const config = settings('folder');
  setFilePlace(openFilePlace(config));
  const folder = join(home, 'incoming');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'old'), 'x');
  await writeFile(join(folder, 'young'), 'x');
  await utimes(join(folder, 'old'), new Date(0), new Date(0));
  await api.call(await testContext(everything), 'POST', '/api/platform/files?name=a', png);
  expect(await incoming()).toEqual(['young']);
  await rm(join(folder, 'young'));
});

test('kinds are told by their first bytes', () => {
  const kinds = {
    '47494638396161': 'image/gif',
    ffd8ffe0: 'image/jpeg',
    '504b0304': 'application/zip',
    '1f8b0800': 'application/gzip',
  };
  for (const [head, type] of Object.entries(kinds)) expect(typeOfHead(Buffer.from(head, 'hex'))).toBe(type);
  expect(typeOfHead(Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'))).toBe('image/webp');
  expect(typeOfHead(Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'))).toBe(undefined);
  expect(typeOfHead(Buffer.from('%PDF-1.7'))).toBe('application/pdf');
});
