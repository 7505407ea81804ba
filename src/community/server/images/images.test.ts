import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { KeptImage } from '#src/community/contract/images.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { openFilePlace, setFilePlace } from '#src/platform/server/files/file-place.ts';
import { platform } from '#src/platform/server/platform.ts';
import { requireMember } from '../members/require-member.ts';
import { community } from '../room.ts';

const api = testApi([platform, community]);
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('pixels')]);
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
  const ctx = await member();
  expect((await upload(ctx, Buffer.concat([png, Buffer.alloc(8 * 1024 ** 2)]))).status).toBe(413);
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
