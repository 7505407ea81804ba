import { beforeEach, expect, test } from 'vitest';
import { testApi } from '#tests/support/api.ts';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { testContext } from '#tests/support/context.ts';
import type { DraftSummary } from '#src/community/contract/drafts.ts';
import type { Context } from '#src/platform/server/context.ts';
import { community } from '../room.ts';

const api = testApi([community]);
await writeAtAnyPace();
let ctx: Context;
beforeEach(async () => {
  ctx = await testContext({ may: [] });
});

async function call<T>(who: Context, method: string, path: string, body?: unknown) {
  const answer = await api.call(who, method, `/api/community${path}`, body);
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
}
const save = (target: string, fields: Record<string, string>) =>
  call(ctx, 'PUT', `/drafts/${target}`, { fields });
const list = async (who = ctx) => (await call<DraftSummary[]>(who, 'GET', '/drafts')).body;

test('a draft is kept as it was typed, half or empty, one for each thing, and nobody else sees it', async () => {
  await save('article', { title: 'Half', markdown: '  ' });
  await save('article', { title: 'Half a ti', markdown: 'words' });
  await save('answer-7', { markdown: 'An answer\nin two lines' });
  expect((await call(ctx, 'GET', '/drafts/article')).body).toMatchObject({
    fields: { title: 'Half a ti', markdown: 'words' },
  });
  expect((await list()).map(({ target, excerpt }) => [target, excerpt])).toEqual([
    ['answer-7', 'An answer in two lines'],
    ['article', 'words'],
  ]);
  const stranger = await testContext({ may: [] });
  expect((await call(stranger, 'GET', '/drafts/article')).body).toBe(null);
  expect(await list(stranger)).toEqual([]);
  await call(stranger, 'DELETE', '/drafts/article');
  expect(await list()).toHaveLength(2);
  expect((await call(ctx, 'DELETE', '/drafts/article')).status).toBe(204);
  expect(await list()).toHaveLength(1);
});

test('what was sent is no draft any more', async () => {
  await save('article', { title: 'Going out' });
  const words = { title: 'Going out', markdown: 'Now.', locale: 'en' };
  const { body } = await call<{ id: number }>(ctx, 'POST', '/articles', words);
  expect(await list()).toEqual([]);
  await save(`post-${body.id}`, { markdown: 'Now and then.' });
  expect(await list()).toMatchObject([{ title: 'Going out', postKind: 'article' }]);
  await call(ctx, 'PUT', `/articles/${body.id}`, { ...words, revision: 1 });
  expect(await list()).toEqual([]);
});

test('drafts have an end: in length, in number, in what they may be for', async () => {
  expect((await save('article', { markdown: 'x'.repeat(200_001) })).status).toBe(422);
  const large = 'x'.repeat(200_000);
  expect((await save('article', { markdown: large, title: large })).status).toBe(413);
  expect((await save('poem', { markdown: 'x' })).status).toBe(422);
  expect((await save('post-0', { markdown: 'x' })).status).toBe(422);
  for (let at = 1; at <= 100; at++) await save(`answer-${at}`, { markdown: 'x' });
  expect((await save('answer-101', { markdown: 'x' })).status).toBe(409);
  expect((await save('answer-100', { markdown: 'y' })).status).toBe(200);
});
