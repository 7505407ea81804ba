import { expect, test } from 'vitest';
import type { ImportedItem, ImportRun } from '#src/community/contract/imports.ts';
import type { Context } from '#src/platform/server/context.ts';
import { testApi } from '#tests/support/api.ts';
import { database, testContext } from '#tests/support/context.ts';
import { community } from '../room.ts';

const api = testApi([community]);
// The oldest organisation runs the installation.
const editor = await testContext({ may: ['community.*'] });
const { db } = database;

async function begin(source: string, site: string, isDry = false): Promise<ImportRun> {
  const answer = await api.call(editor, 'POST', '/api/community/imports', { source, site, isDry });
  expect(answer.status).toBe(201);
  return (await answer.json()) as ImportRun;
}

async function bring(
  run: ImportRun,
  items: Record<string, string>,
  author?: string,
): Promise<ImportedItem[]> {
  const body = {
    items: Object.entries(items).map(([key, text]) => ({ key, text })),
    ...(author && { author }),
  };
  const answer = await api.call(editor, 'POST', `/api/community/imports/${run.id}/items`, body);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as ImportedItem[];
}

const postAt = (source: string) =>
  db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .selectAll('p')
    .select(['m.name as authorName', 'm.account_id as authorAccount'])
    .where('p.imported_from', '=', source)
    .executeTakeFirst();

const digoal = `## PostgreSQL 索引选择 {未完}

### 作者
digoal

### 日期
2020-08-28

### 标签
PostgreSQL , 索引 , 坏 标 签！

----

## 背景
正文在这里，参见[另一篇](../202011/20201105_05.md)。

![图](20200828_01_pic_001.jpg)
`;

const frontMatter = `---
title: "Front matter & friends"
author: Ada
date: 2021-03-04T05:06:07Z
tags: [postgresql, vacuum]
source: https://example.com/a
---
Body of *it*.
`;

test('a file with a heading block becomes an article of its author, on its day, with its tags', async () => {
  const [item] = await bring(await begin('markdown', 'blog'), { '202008/20200828_01.md': digoal });
  expect(item).toMatchObject({
    outcome: 'created',
    title: 'PostgreSQL 索引选择 {未完}',
    path: expect.stringMatching(/^\/articles\/\d+\//),
  });
  const post = await postAt('blog:202008/20200828_01.md');
  expect(post).toMatchObject({
    locale: 'zh-CN',
    state: 'published',
    authorName: 'digoal',
    authorAccount: null,
  });
  expect(post?.published_at?.toISOString()).toBe('2020-08-28T00:00:00.000Z');
  expect(post?.markdown).toMatch(/^## 背景/);
  const words = item!.warnings.map(({ en }) => en).join('\n');
  expect(words).toContain('202011/20201105_05.md');
  expect(words).toContain('20200828_01_pic_001.jpg');
});

test('a link between files leads to the article as soon as both are there', async () => {
  const run = await begin('markdown', 'linked');
  await bring(run, {
    'a/one.md': '# First one here\n\nSee [two](../b/two.md#part) and [out](https://example.com).',
  });
  await bring(run, { 'b/two.md': '# Second one here\n\nText.' });
  const [again] = await bring(run, {
    'a/one.md': '# First one here\n\nSee [two](../b/two.md#part) and [out](https://example.com).',
  });
  expect(again).toMatchObject({ outcome: 'updated', warnings: [] });
  const two = await postAt('linked:b/two.md');
  expect((await postAt('linked:a/one.md'))?.markdown).toContain(
    `[two](/articles/${two?.id}/second-one-here)`,
  );
});

test('front matter is read, and what came from elsewhere says so', async () => {
  await bring(await begin('markdown', 'matter'), { 'x.md': frontMatter });
  expect(await postAt('matter:x.md')).toMatchObject({
    title: 'Front matter & friends',
    origin: 'reposted',
    source_url: 'https://example.com/a',
    source_author: 'Ada',
    locale: 'en',
  });
});

test('a second run changes what changed, and doubles nothing', async () => {
  const first = await begin('markdown', 'twice');
  await bring(first, { 'x.md': '# Something stable\n\nOne.', 'y.md': '# Something else\n\nTwo.' });
  const second = await begin('markdown', 'twice');
  const items = await bring(second, {
    'x.md': '# Something stable\n\nOne.',
    'y.md': '# Something else\n\nTwo, changed.',
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(['unchanged', 'updated']);
  const posts = await db
    .selectFrom('community.post')
    .select('revision')
    .where('imported_from', 'like', 'twice:%')
    .orderBy('id')
    .execute();
  expect(posts.map(({ revision }) => revision)).toEqual([1, 2]);
  const run = await api.call(editor, 'GET', `/api/community/imports/${second.id}`);
  expect(await run.json()).toMatchObject({ counts: { created: 0, updated: 1, unchanged: 1, refused: 0 } });
});

test('a dry run says what would become of everything, and keeps nothing', async () => {
  const count = async () => (await db.selectFrom('community.post').select('id').execute()).length;
  const before = await count();
  const items = await bring(await begin('markdown', 'dry', true), {
    'x.md': frontMatter,
    'y.md': 'no title at all',
  });
  expect(items).toMatchObject([
    { key: 'x.md', outcome: 'created', path: null },
    { key: 'y.md', outcome: 'refused', reason: { en: expect.stringContaining('No title') } },
  ]);
  expect(await count()).toBe(before);
});

test('one that cannot be read is refused by itself', async () => {
  const items = await bring(await begin('markdown', 'broken'), {
    'a.md': '---\ntitle: [\n---\nx',
    'b.md': '# Title without text',
    'c.md': '# A good one\n\nText.',
    'd.md': `# Too long a text\n\n${'x'.repeat(200_001)}`,
  });
  expect(items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'created', 'refused']);
});

const discourse = JSON.stringify({
  id: 7,
  title: 'How do I tune autovacuum?',
  created_at: '2022-01-02T03:04:05Z',
  tags: ['autovacuum'],
  posts: [
    { id: 70, user_id: 1, post_number: 1, raw: 'It never runs.', created_at: '2022-01-02T03:04:05Z' },
    {
      id: 71,
      user_id: 2,
      post_number: 2,
      raw: 'Raise the **workers**.',
      created_at: '2022-01-03T00:00:00Z',
      accepted_answer: true,
    },
    { id: 72, user_id: 1, post_number: 3, raw: 'gone', deleted_at: '2022-01-04T00:00:00Z' },
  ],
  users: [
    { id: 1, username: 'ann', name: 'Ann A.' },
    { id: 2, username: 'bob', name: null },
  ],
});

test('a topic of Discourse becomes a question with its answers, writers and acceptance, once', async () => {
  for (const outcome of ['created', 'unchanged']) {
    const [item] = await bring(await begin('discourse', 'forum'), { '7': discourse });
    expect(item).toMatchObject({ outcome });
  }
  const question = await postAt('forum:7');
  const answer = await postAt('forum:7:71');
  expect(question).toMatchObject({
    kind: 'question',
    authorName: 'Ann A.',
    answer_count: 1,
    accepted_answer_id: answer?.id,
  });
  expect(answer).toMatchObject({ kind: 'answer', authorName: 'bob', parent_id: question?.id });
  expect(question?.active_at.toISOString()).toBe('2022-01-03T00:00:00.000Z');
  expect(await postAt('forum:7:72')).toBeUndefined();
});

test('a topic of NodeBB likewise; an answer that came since is added', async () => {
  const topic = (posts: object[]) =>
    JSON.stringify({
      tid: 3,
      title: '逻辑复制延迟怎么排查',
      timestamp: 1_600_000_000_000,
      tags: [{ value: '逻辑复制' }],
      posts,
      users: [{ uid: 9, username: '小明' }],
    });
  const first = { pid: 30, uid: 9, content: '延迟一直在涨。', timestamp: 1_600_000_000_000 };
  const reply = { pid: 31, uid: 9, content: '看 **pg_stat_replication**。', timestamp: 1_600_000_100_000 };
  await bring(await begin('nodebb', 'bbs'), { '3': topic([first]) });
  const [item] = await bring(await begin('nodebb', 'bbs'), { '3': topic([first, reply]) });
  expect(item).toMatchObject({ outcome: 'updated' });
  expect(await postAt('bbs:3')).toMatchObject({ answer_count: 1, locale: 'zh-CN', authorName: '小明' });
});

test('one that the database cannot keep is refused by itself; what comes after it is kept', async () => {
  const topic = (id: number, raw: string) =>
    JSON.stringify({
      id,
      title: `A topic with the number ${id}`,
      posts: [
        { id: id * 10, user_id: 1, post_number: 1, raw: 'Why is it so?' },
        { id: id * 10 + 1, user_id: 1, post_number: 2, raw },
      ],
      users: [{ id: 1, username: 'ann' }],
    });
  const run = await begin('discourse', 'nul');
  const bad = { '1': topic(1, 'Good.'), '2': topic(2, 'A \u0000 in it.'), '3': topic(3, 'Good, too.') };
  expect(await bring(run, bad)).toMatchObject([
    { outcome: 'created' },
    {
      outcome: 'refused',
      title: 'A topic with the number 2',
      path: null,
      reason: { en: expect.any(String) },
    },
    { outcome: 'created' },
  ]);
  // Nothing of it: neither the question nor its answer.
  expect([await postAt('nul:2'), await postAt('nul:2:21')]).toEqual([undefined, undefined]);
  const again = await begin('discourse', 'nul');
  const mended = await bring(again, { ...bad, '2': topic(2, 'Nothing strange.') });
  expect(mended.map(({ outcome }) => outcome)).toEqual(['unchanged', 'created', 'unchanged']);
});

test('run again while what broke off is still at work, everything comes once', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, n) => [`file-${n}.md`, `# The file with number ${n}\n\nText.`]),
  );
  const runs = await Promise.all(Array.from({ length: 3 }, () => begin('markdown', 'thrice')));
  const items = await Promise.all(runs.map((run) => bring(run, files)));
  for (const key of Object.keys(files))
    expect(items.map((all) => all.find((one) => one.key === key)?.outcome).toSorted()).toEqual([
      'created',
      'unchanged',
      'unchanged',
    ]);
});

test('everything can be one member’s; a member that is none is refused', async () => {
  const run = await begin('markdown', 'mine');
  const body = { items: [{ key: 'x.md', text: frontMatter }], author: 'nobody-here' };
  const answer = await api.call(editor, 'POST', `/api/community/imports/${run.id}/items`, body);
  expect(answer.status).toBe(409);
});

test('only staff import', async () => {
  const member: Context = await testContext({ may: [] });
  const calls: [string, string, unknown?][] = [
    ['GET', '/api/community/imports'],
    ['POST', '/api/community/imports', { source: 'markdown', site: 'blog' }],
  ];
  for (const [method, path, body] of calls)
    expect((await api.call(member, method, path, body)).status).toBe(403);
});
