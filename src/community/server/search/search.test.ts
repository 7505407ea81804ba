import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SearchQuery } from '#src/community/contract/search.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database, testContext } from '#tests/support/context.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { verifyFaq } from '../faq/verify-faq.ts';
import { writeFaq } from '../faq/write-faq.ts';
import { insertPost, type Writing } from '../posts/insert-post.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { indexAnew } from './index-anew.job.ts';
import { indexDocument } from './index-document.ts';
import { indexPost } from './index-post.ts';
import { searchCommunity, suggestSearch } from './queries.ts';

// The oldest organisation runs the installation: its people may make tags.
const ctx: Context = await testContext({ may: ['community.*'] });
const author: OwnMember = await requireMember(ctx);

async function post(writing: Partial<Writing> & Pick<Writing, 'markdown'>): Promise<number> {
  return inTransaction(ctx, async (tx) => {
    const id = await insertPost(tx, author, {
      kind: writing.parentId === undefined ? 'article' : 'answer',
      locale: 'zh-CN',
      state: 'draft',
      ...writing,
    });
    await publishPost(tx, id);
    return id;
  });
}

const setAndIndex = (id: number, values: { featured_at?: Date | null; published_at?: Date }) =>
  inTransaction(ctx, async (tx) => {
    await tx.db.updateTable('community.post').set(values).where('id', '=', id).execute();
    await indexPost(tx, id);
  });

const find = async (q: string, more: object = {}) => {
  const { items } = await searchCommunity(ctx, SearchQuery.parse({ q, ...more }));
  return items.map(({ title }) => title);
};

test('a Chinese term of two characters finds what has it, in a title or a text, and nothing else', async () => {
  await post({ title: '聊聊索引的选择', markdown: '没有什么特别的。' });
  await post({ title: '一篇关于备份的文章', markdown: '这里也提到了索引膨胀。' });
  await post({ title: '完全无关的标题', markdown: '讲的是别的事。' });
  expect(await find('索引')).toEqual(['聊聊索引的选择', '一篇关于备份的文章']);
});

test('two characters of a title that are no word of any dictionary are found', async () => {
  await post({ title: '浅析魑魅飑机制', markdown: '正文' });
  expect(await find('魅飑')).toEqual(['浅析魑魅飑机制']);
});

test('a mixed term is cut where the script changes', async () => {
  await post({ title: 'PG索引失效排查', markdown: '正文' });
  await post({ title: 'PG 的安装', markdown: '正文' });
  expect(await find('PG索引失效')).toEqual(['PG索引失效排查']);
});

test('a term is found by its name in the other language, and by what people call it in short', async () => {
  await post({ title: 'Logical replication in practice', markdown: 'Text', locale: 'en' });
  expect(await find('逻辑复制')).toContain('Logical replication in practice');
  await post({ title: 'PostgreSQL 高可用选型', markdown: '正文' });
  expect(await find('pg ha')).toContain('PostgreSQL 高可用选型');
});

test('English is found by stems, quoted words only in their order, and without what has a minus', async () => {
  await post({ title: 'Vacuuming large tables', markdown: 'autovacuum workers', locale: 'en' });
  await post({ title: 'Tables that are large', markdown: 'no vacuum here', locale: 'en' });
  expect(await find('vacuum table')).toHaveLength(2);
  expect(await find('"large tables"')).toEqual(['Vacuuming large tables']);
  expect(await find('"AUTOVACUUM workers"')).toEqual(['Vacuuming large tables']);
  expect(await find('"workers autovacuum"')).toEqual([]);
  expect(await find('vacuum -autovacuum')).toEqual(['Tables that are large']);
});

test('a question and its answers are one hit, which leads to what fits', async () => {
  const question = await post({
    kind: 'question',
    title: 'How to shrink a bloated heap',
    markdown: 'Help.',
    locale: 'en',
  });
  const answer = await post({
    kind: 'answer',
    parentId: question,
    markdown: 'Use pg_squeeze for that.',
    locale: 'en',
  });
  const { items } = await searchCommunity(ctx, SearchQuery.parse({ q: 'pg_squeeze' }));
  expect(items).toMatchObject([
    {
      title: 'How to shrink a bloated heap',
      path: expect.stringMatching(new RegExp(`^/questions/${question}#answer-${answer}$`)),
    },
  ]);
  expect(items[0]!.snippet.marks.length).toBeGreaterThan(0);
});

/** Whether each of two that are alike comes first when it is the better one. */
async function expectBetterFirst(
  q: string,
  [one, two]: [string, string],
  prefer: (one: boolean) => Promise<unknown>,
) {
  for (const isOne of [true, false, true]) {
    await prefer(isOne);
    expect(await find(q)).toEqual(isOne ? [one, two] : [two, one]);
  }
}

test('of two that fit alike, the featured one comes first', async () => {
  const ids = [
    await post({ title: 'toast tables one', markdown: 'x', locale: 'en' }),
    await post({ title: 'toast tables two', markdown: 'x', locale: 'en' }),
  ];
  await expectBetterFirst('toast tables', ['toast tables one', 'toast tables two'], async (one) => {
    for (const [at, id] of ids.entries())
      await setAndIndex(id, { featured_at: (at === 0) === one ? new Date() : null });
  });
});

test('of two answers that fit alike, the accepted one comes first, and with it its question', async () => {
  const ask = async (title: string) => {
    const question = await post({ kind: 'question', title, markdown: 'x', locale: 'en' });
    const answer = await post({
      kind: 'answer',
      parentId: question,
      markdown: 'Look at pg_capybaras.',
      locale: 'en',
    });
    return { question, answer };
  };
  const pair = [await ask('Where do marmots go one'), await ask('Where do marmots go two')];
  const titles: [string, string] = ['Where do marmots go one', 'Where do marmots go two'];
  for (const q of ['pg_capybaras', 'where do marmots'])
    await expectBetterFirst(q, titles, async (one) => {
      for (const [at, { question, answer }] of pair.entries())
        await acceptAnswer(ctx, question, { answerId: (at === 0) === one ? answer : null });
    });
});

test('of two that fit alike, the newer one comes first', async () => {
  const titles: [string, string] = ['pangolin ledger one', 'pangolin ledger two'];
  const ids = [
    await post({ title: titles[0], markdown: 'x', locale: 'en' }),
    await post({ title: titles[1], markdown: 'x', locale: 'en' }),
  ];
  await expectBetterFirst('pangolin ledger', titles, async (one) => {
    for (const [at, id] of ids.entries())
      await setAndIndex(id, { published_at: new Date(Date.UTC((at === 0) === one ? 2026 : 2025, 3, 1)) });
  });
});

test('what was verified comes before a question that fits alike, and what was verified last before the rest', async () => {
  const titles: [string, string] = ['Does okapi sharding work one', 'Does okapi sharding work two'];
  const entry = (title: string) => writeFaq(ctx, { title, markdown: 'x', locale: 'en', pgFrom: 14 });
  await post({ kind: 'question', title: 'Does okapi sharding work here', markdown: 'x', locale: 'en' });
  const ids = [(await entry(titles[0])).id, (await entry(titles[1])).id];
  for (const better of [0, 1, 0]) {
    await database.db
      .updateTable('community.faq')
      .set({ verified_at: new Date(Date.UTC(2025, 3, 1)) })
      .execute();
    await inTransaction(ctx, (tx) => indexDocument(tx, 'faq', ids[1 - better]!));
    await verifyFaq(ctx, ids[better]!, { note: 'Ran it.' });
    expect(await find('okapi sharding')).toEqual(
      better === 0
        ? [titles[0], titles[1], 'Does okapi sharding work here']
        : [titles[1], titles[0], 'Does okapi sharding work here'],
    );
  }
});

test('a title that says it comes before a newer one that says it in passing', async () => {
  const old = await post({ title: 'All about quagga pages', markdown: 'x', locale: 'en' });
  await setAndIndex(old, { published_at: new Date(Date.UTC(2023, 3, 1)) });
  await post({ title: 'Of other things', markdown: 'Some quagga in passing.', locale: 'en' });
  expect(await find('quagga')).toEqual(['All about quagga pages', 'Of other things']);
});

test('what not everybody may see is not found, from the moment it is hidden, and its answers with it', async () => {
  const draft = await inTransaction(ctx, async (tx) => {
    const id = await insertPost(tx, author, {
      kind: 'article',
      title: 'zebrafish draft',
      markdown: 'x',
      locale: 'en',
      state: 'draft',
    });
    await indexPost(tx, id);
    return id;
  });
  expect(draft).toBeGreaterThan(0);
  expect(await find('zebrafish')).toEqual([]);
  const question = await post({ kind: 'question', title: 'quokka question', markdown: 'x', locale: 'en' });
  await post({ kind: 'answer', parentId: question, markdown: 'quokka answer', locale: 'en' });
  expect(await find('quokka')).toHaveLength(1);
  await inTransaction(ctx, (tx) => unpublishPost(tx, question, 'hidden'));
  expect(await find('quokka')).toEqual([]);
});

test('facets count what was found, and narrow it', async () => {
  await post({ title: 'wombat alpha', markdown: 'x', tags: ['marsupial'], locale: 'en' });
  await post({ kind: 'question', title: 'wombat beta', markdown: 'x', locale: 'en' });
  const all = await searchCommunity(ctx, SearchQuery.parse({ q: 'wombat' }));
  expect(all).toMatchObject({
    total: 2,
    isMore: false,
    kinds: expect.arrayContaining([
      { kind: 'article', count: 1 },
      { kind: 'question', count: 1 },
    ]),
    tags: [{ tag: 'marsupial', count: 1 }],
  });
  expect(await find('wombat', { kind: 'question' })).toEqual(['wombat beta']);
  expect(await find('wombat', { tag: 'marsupial' })).toEqual(['wombat alpha']);
});

test('a page goes on where the one before ended', async () => {
  for (let i = 0; i < 5; i++) await post({ title: `numbat ${'abcde'[i]}`, markdown: 'x', locale: 'en' });
  const first = await searchCommunity(ctx, SearchQuery.parse({ q: 'numbat', limit: 3 }));
  const second = await searchCommunity(
    ctx,
    SearchQuery.parse({ q: 'numbat', limit: 3, cursor: first.nextCursor! }),
  );
  expect(new Set([...first.items, ...second.items].map(({ title }) => title)).size).toBe(5);
  expect(second.nextCursor).toBeNull();
});

test('a mistyped word is told what may have been meant', async () => {
  await post({ title: 'Partitioning by range', markdown: 'x', locale: 'en' });
  const { items, didYouMean } = await searchCommunity(ctx, SearchQuery.parse({ q: 'partitoning' }));
  expect(items).toEqual([]);
  expect(didYouMean).toBe('partitioning');
});

test('while one types, titles that begin so are offered, in Chinese from the second character on', async () => {
  await post({ title: '连接池配置指南', markdown: '正文' });
  expect((await suggestSearch(ctx, '连接')).map(({ text }) => text)).toContain('连接池配置指南');
  expect((await suggestSearch(ctx, 'parti')).map(({ text }) => text)).toContain('Partitioning by range');
  expect(await suggestSearch(ctx, '  ')).toEqual([]);
});

test('a member is found by name and handle', async () => {
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .updateTable('community.member')
      .set({ name: '欧阳修竹', handle: 'xiuzhu' })
      .where('id', '=', author.id)
      .execute();
    await indexDocument(tx, 'member', author.id);
  });
  expect(await find('xiuzhu', { kind: 'member' })).toEqual(['欧阳修竹']);
  expect(await find('修竹', { kind: 'member' })).toEqual(['欧阳修竹']);
});

test.each(['()', '!!', "'", '&|', ':*', 'a'.repeat(200), '"', '-', '--x', '\\', "a'b:*", '🐘'])(
  '%s is a search like any other',
  async (q) => {
    await searchCommunity(ctx, SearchQuery.parse({ q }));
    await suggestSearch(ctx, q.slice(0, 100));
  },
);

test('what an older segmenter wrote is written anew', async () => {
  const id = await post({ title: 'aardvark anew', markdown: 'x', locale: 'en' });
  await database.db
    .updateTable('community.search_document')
    .set({ words: sql<string>`''::tsvector`, indexed_as: 0 })
    .where('post_id', '=', id)
    .execute();
  expect(await find('aardvark')).toEqual([]);
  await indexAnew.run(
    { db: database.db, log: createLog('test', 'silent'), config: readConfig({}) },
    {} as never,
  );
  expect(await find('aardvark')).toEqual(['aardvark anew']);
});
