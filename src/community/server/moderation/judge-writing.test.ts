import { beforeEach, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import type { ModerationSettings } from '#src/community/contract/moderation.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { forgetModeration, judgeWriting, type Judged } from './judge-writing.ts';

// The oldest organisation runs the installation; members of tests belong to others.
await testContext({ may: [] });

let ctx: Context;
let memberId = '';

async function newMember(trustLevel = 1, daysAgo = 30): Promise<void> {
  ctx = await testContext({ may: [] });
  memberId = (await requireMember(ctx)).id;
  await setMember({ trust_level: trustLevel, joined_at: new Date(Date.now() - daysAgo * 24 * 3600_000) });
}
const setMember = (set: Record<string, unknown>) =>
  database.db.updateTable('community.member').set(set).where('id', '=', memberId).execute();
const judge = (writing: Partial<Judged> = {}) =>
  inTransaction(ctx, async (tx) =>
    judgeWriting(tx, await requireMember(tx), {
      kind: 'comment',
      markdown: `Some words about vacuum, number ${Math.random()}.`,
      ...writing,
    }),
  );
/** As if everything of this member had happened that much earlier. */
async function pass(seconds: number): Promise<void> {
  const at = (column: string) => `${column} = ${column} - make_interval(secs => ${seconds})`;
  const columns = ['day_began_at', 'topics_at', 'replies_at', 'messages_at', 'edits_at', 'flags_at'];
  await database.pool.query(
    `update community.writing_pace set ${columns.map(at).join(', ')} where member_id = '${memberId}'`,
  );
}
async function decide(settings: Partial<ModerationSettings>): Promise<void> {
  await database.db
    .insertInto('community.setting')
    .values({ name: 'moderation', value: JSON.stringify(settings) })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value: JSON.stringify(settings) }))
    .execute();
  forgetModeration();
}
async function rule(kind: 'word' | 'domain', pattern: string, effect: 'allow' | 'hold' | 'refuse') {
  await database.db.insertInto('community.moderation_rule').values({ kind, pattern, effect }).execute();
  forgetModeration();
}

beforeEach(async () => {
  await database.db.deleteFrom('community.moderation_rule').execute();
  await decide({});
});

test.each([
  { kind: 'question' as const, trustLevel: 1, gap: 15 },
  { kind: 'article' as const, trustLevel: 0, gap: 120 },
  { kind: 'comment' as const, trustLevel: 1, gap: 5 },
  { kind: 'answer' as const, trustLevel: 0, gap: 30 },
])('between two of kind $kind at level $trustLevel lie $gap seconds', async ({ kind, trustLevel, gap }) => {
  await newMember(trustLevel);
  expect(await judge({ kind })).toBe('published');
  await pass(gap - 2);
  const refused = await judge({ kind }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'too_many' });
  const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
  expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
  expect(retryAfterSeconds).toBeLessThanOrEqual(2);
  await pass(2);
  expect(await judge({ kind })).toBe('published');
});

test.each([
  { kind: 'question' as const, trustLevel: 0, daysAgo: 0, aDay: 3, gap: 120 },
  { kind: 'comment' as const, trustLevel: 0, daysAgo: 0, aDay: 10, gap: 30 },
  { kind: 'question' as const, trustLevel: 1, daysAgo: 0, aDay: 20, gap: 15 },
  { kind: 'question' as const, trustLevel: 0, daysAgo: 2, aDay: 20, gap: 120 },
])(
  'of kind $kind a member of level $trustLevel who joined $daysAgo days ago writes $aDay a day',
  async ({ kind, trustLevel, daysAgo, aDay, gap }) => {
    await newMember(trustLevel, daysAgo);
    for (let done = 0; done < aDay; done++) {
      await pass(gap);
      expect(await judge({ kind }), `number ${done + 1}`).toBe('published');
    }
    await pass(gap);
    await expect(judge({ kind })).rejects.toMatchObject({ code: 'too_many' });
    // A day after the first one another day begins.
    await pass(24 * 3600);
    expect(await judge({ kind })).toBe('published');
  },
);

test('thirty edits a day, however fast', async () => {
  await newMember();
  for (let done = 0; done < 30; done++) await judge({ kind: 'article', isEdit: true, markdown: 'The same.' });
  await expect(judge({ kind: 'article', isEdit: true })).rejects.toMatchObject({ code: 'too_many' });
});

test('of twenty sent at once one is taken, and what is rolled back does not count', async () => {
  await newMember();
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => judge()));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await newMember();
  await expect(
    inTransaction(ctx, async (tx) => {
      await judgeWriting(tx, await requireMember(tx), { kind: 'comment', markdown: 'Lost.' });
      throw new Error('the answer was not saved');
    }),
  ).rejects.toThrow('not saved');
  expect(await judge({ markdown: 'Lost.' })).toBe('published');
});

test('the same text again is refused, also in other letters of the same look', async () => {
  await newMember();
  await judge({ markdown: 'Buy  now' });
  await pass(10);
  await expect(judge({ markdown: 'buy\u200b NOW' })).rejects.toMatchObject({ code: 'conflict' });
});

const images = (count: number) =>
  Array.from({ length: count }, (_, at) => `![p](https://pictures.example/${at}.png)`).join(' ');
const links = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `You can read of this at length in https://site-${at}.example/a`,
  ).join('\n\n');
const mentions = (count: number) =>
  Array.from({ length: count }, (_, at) => `@friend-${at} said so`).join(', ');

test.each([
  { what: 'images', most: 1, make: images },
  { what: 'links', most: 2, make: links },
  { what: 'mentions', most: 2, make: mentions },
])('a newcomer puts $most $what in a text, a member more', async ({ most, make }) => {
  await newMember(0);
  expect(await judge({ markdown: `Words before.\n\n${make(most)}` })).toBe('published');
  await newMember(0);
  await expect(judge({ markdown: `Words before.\n\n${make(most + 1)}` })).rejects.toMatchObject({
    code: 'conflict',
  });
  await newMember(1);
  expect(await judge({ markdown: `Words before.\n\n${make(most + 1)}` })).toBe('published');
});

test('code is no link and no mention, and the same friend twice is one', async () => {
  await newMember(0);
  const markdown =
    "As `@a1 @b1 @c1` and\n\n```sql\nselect 'https://a.example https://b.example https://c.example' @> x\n```\n\n@anna @anna @anna me@example.com";
  expect(await judge({ markdown })).toBe('published');
});

test('a newcomer begins no private conversation and may answer one; a member may begin', async () => {
  await newMember(0);
  await expect(judge({ kind: 'message' })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await judge({ kind: 'message', isReply: true })).toBe('published');
  await newMember(1);
  expect(await judge({ kind: 'message' })).toBe('published');
});

test('words: refused, held, and let through although a part of them is not', async () => {
  await rule('word', '赌博', 'refuse');
  await rule('word', 'oracle', 'hold');
  await rule('word', '反赌博', 'allow');
  await newMember(3);
  await expect(judge({ markdown: '来这里赌博吧' })).rejects.toMatchObject({ code: 'conflict' });
  expect(await judge({ markdown: '反赌博的数据分析' })).toBe('published');
  await pass(60);
  expect(await judge({ markdown: 'From ORACLE to PostgreSQL' })).toBe('pending');
  await pass(60);
  expect(await judge({ markdown: 'An oracles-like thing: pgoracle' })).toBe('published');
  await pass(60);
  expect(await judge({ kind: 'message', markdown: 'oracle' })).toBe('published');
});

test('domains: refused with what is below them, held, and let through as if they were ours', async () => {
  await rule('domain', 'bad.example', 'refuse');
  await rule('domain', 'odd.example', 'hold');
  await rule('domain', 'postgresql.org', 'allow');
  const say = (...urls: string[]) =>
    judge({
      markdown: `A good and long text about what is found there, see ${urls.join(' and more of it, and also ')}`,
    });
  await newMember(2);
  await expect(say('https://www.bad.example/x')).rejects.toMatchObject({ code: 'conflict' });
  expect(await say('https://notbad.example/x')).toBe('published');
  await pass(60);
  expect(await say('https://odd.example/')).toBe('pending');
  await newMember(0);
  const docs = (page: number) => `https://www.postgresql.org/docs/${page}`;
  expect(await say(docs(1), docs(2), docs(3), docs(4))).toBe('published');
});

test('what looks like an advertisement waits when nobody knows its author, and not when they are trusted', async () => {
  const markdown = '专业代开发票，加微信 fapiao88888 咨询';
  await newMember(0);
  expect(await judge({ markdown })).toBe('pending');
  await newMember(1);
  expect(await judge({ markdown })).toBe('pending');
  await newMember(2);
  expect(await judge({ markdown })).toBe('published');
});

test('the first writings of a newcomer wait when the community wants it', async () => {
  await decide({ firstWritingsHeld: 1 });
  await newMember(0);
  expect(await judge({ kind: 'question', title: 'How do I?' })).toBe('pending');
  expect(await judge({ kind: 'comment' })).toBe('published');
  await inTransaction(ctx, async (tx) =>
    insertPost(tx, await requireMember(tx), {
      kind: 'question',
      title: 'How do I?',
      markdown: 'x',
      locale: 'en',
      state: 'published',
    }),
  );
  await pass(120);
  expect(await judge({ kind: 'question', title: 'And how do I?' })).toBe('published');
  await newMember(1);
  expect(await judge({ kind: 'question' })).toBe('published');
});

test('who is silenced publishes nothing until it is over, and reads why', async () => {
  await newMember(1);
  await setMember({ silenced_until: new Date(Date.now() + 60_000), silenced_reason: 'Quarrels.' });
  await expect(judge()).rejects.toMatchObject({
    code: 'forbidden',
    text: { en: expect.stringContaining('Quarrels.') },
  });
  await setMember({ silenced_until: new Date(Date.now() - 1000) });
  expect(await judge()).toBe('published');
});

test('a text that was declined as spam waits when somebody else sends it', async () => {
  const { hashOfText } = await import('./judge-writing.ts');
  await newMember(1);
  const markdown = 'A wonderful opportunity that I must tell you of.';
  await database.db
    .insertInto('community.declined_text')
    .values({ hash: hashOfText(`\n${markdown}`) })
    .execute();
  expect(await judge({ markdown })).toBe('pending');
});

test('moderators are bound by none of it', async () => {
  await newMember(0, 0);
  await database.db
    .insertInto('community.staff')
    .values({ member_id: memberId, role: 'moderator' })
    .execute();
  for (let times = 0; times < 5; times++)
    expect(
      await judge({ kind: 'question', markdown: `${images(3)} 加微信 fapiao88888 代开发票 ${times}` }),
    ).toBe('published');
});
