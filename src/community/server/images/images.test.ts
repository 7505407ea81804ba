import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { KeptImage } from '#src/community/contract/images.ts';
import sharp from 'sharp';
import { tinyPng } from '#tests/support/pictures.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { platform } from '#src/platform/server/platform.ts';
import { requireMember } from '../members/require-member.ts';
import { community } from '../room.ts';

const api = testApi([platform, community]);
const png = tinyPng;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'elepherd-images-'));
  setFilePlace(openFilePlace(readConfig({ ELEPHERD_HOME: home })));
});
afterAll(() => rm(home, { recursive: true }));

async function upload(who: Context | null, bytes: Uint8Array, name = 'a.png') {
  const path = `/api/community/images?name=${encodeURIComponent(name)}`;
  const answer = await api.call(who, 'POST', path, bytes, { 'content-type': 'application/octet-stream' });
  return { status: answer.status, body: (await answer.json()) as KeptImage };
}

/** A person who signed up and belongs to no organisation of the fleet. */
async function member(): Promise<Context> {
  const ctx = await testContext({ may: [] });
  return { ...ctx, actor: { ...ctx.actor, orgId: anonymous.orgId } };
}

test('a member without an organisation uploads a picture, and everybody sees it', async () => {
  const { status, body } = await upload(await member(), png);
  expect(status).toBe(201);
  const seen = await api.call(null, 'GET', body.url);
  expect(seen.status).toBe(200);
  expect(Buffer.from(await seen.arrayBuffer()).equals(png)).toBe(true);
  expect((await upload(null, png)).status).toBe(401);
});

test.each([
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['HTML', Buffer.from('<html><script>alert(1)</script></html>')],
  ['PDF', Buffer.from('%PDF-1.7 and more and more')],
  ['nothing', Buffer.alloc(0)],
  ['what only calls itself a picture', Buffer.from('89504e47ff', 'hex')],
  ['what only begins as a picture', Buffer.concat([tinyPng.subarray(0, 20), Buffer.from('and then not')])],
])('%s is refused and leaves nothing', async (_, bytes) => {
  const ctx = await member();
  expect((await upload(ctx, bytes, 'drawing.png')).status).toBe(422);
  expect(
    await database.db
      .selectFrom('platform.file')
      .select('id')
      .where('created_by', '=', ctx.actor.id)
      .execute(),
  ).toEqual([]);
});

test('a picture above the limit is refused, and a newcomer has a day of ten', async () => {
  expect((await upload(await member(), Buffer.concat([png, Buffer.alloc(8 * 1024 ** 2)]))).status).toBe(413);
  const ctx = await member();
  const answers = [];
  for (let at = 0; at < 11; at++) answers.push((await upload(ctx, png)).status);
  expect(answers.filter((one) => one === 201)).toHaveLength(10);
  expect(answers.at(-1)).toBe(429);
});

test('whoever has used all their room is told so', async () => {
  const ctx = await member();
  const { body } = await upload(ctx, png);
  const { id } = await requireMember(ctx);
  await database.db
    .updateTable('community.upload')
    .set({ size_bytes: 60 * 1024 ** 2 })
    .where('member_id', '=', id)
    .where('file_id', '=', body.id)
    .execute();
  expect((await upload(ctx, png)).status).toBe(413);
});

/** A picture 40 wide and 20 high, red at its left, as a telephone held upright writes it: turned, with place and owner. */
const snapshot = () =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: '#ffffff' } })
    .composite([
      {
        input: { create: { width: 20, height: 20, channels: 3, background: '#ff0000' } },
        left: 0,
        top: 0,
      },
    ])
    .withExif({
      IFD0: { Copyright: 'Owner of the telephone' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 14/1 0/1' },
    })
    .withMetadata({ orientation: 6 });

test.each([
  ['JPEG', () => snapshot().jpeg().toBuffer()],
  ['PNG', () => snapshot().png().toBuffer()],
  ['WebP', () => snapshot().webp({ lossless: true }).toBuffer()],
])('a %s loses what its camera wrote into it and stays upright', async (_, make) => {
  const bytes = await make();
  const before = await sharp(bytes).metadata();
  expect(before.exif?.toString('latin1')).toContain('Owner of the telephone');
  const { body } = await upload(await member(), bytes, 'snapshot');
  const kept = Buffer.from(await (await api.call(null, 'GET', body.url)).arrayBuffer());
  const after = await sharp(kept).metadata();
  expect(after).toMatchObject({ format: before.format, width: 20, height: 40 });
  expect([after.exif, after.xmp, after.iptc, after.orientation ?? 1]).toEqual([
    undefined,
    undefined,
    undefined,
    1,
  ]);
  expect(kept.toString('latin1')).not.toContain('Owner of the telephone');
  // Turned by a quarter to the right, what was left is on top.
  const { data } = await sharp(kept).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const colourAt = (x: number, y: number) => [...data.subarray((y * 20 + x) * 3, (y * 20 + x) * 3 + 3)];
  const [top, bottom] = [colourAt(10, 5), colourAt(10, 35)];
  expect([top[1]! < 40, bottom[1]! > 215]).toEqual([true, true]);
});

test('a photograph of several mebibytes is kept', async () => {
  const pixels = randomBytes(1200 * 1000 * 3);
  const photograph = await sharp(pixels, { raw: { width: 1200, height: 1000, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  expect(photograph.length).toBeGreaterThan(3 * 1024 ** 2);
  expect((await upload(await member(), photograph)).status).toBe(201);
});

test('a small file that unfolds to very many pixels is refused', async () => {
  const bomb = await sharp({ create: { width: 8000, height: 8000, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
  expect((await upload(await member(), bomb)).status).toBe(422);
});
