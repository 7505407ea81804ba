import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { WriteArticle } from '#src/community/contract/articles.ts';
import { Handle, ProfileQuery, profileViews } from '#src/community/contract/members.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { createArticle } from '../articles/create-article.ts';
import { isReservedHandle, lookOf } from '../members/handle.rules.ts';
import { listMembers } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { insertPost } from '../posts/insert-post.ts';
import { unpublishPost } from '../posts/publish-post.ts';
import { awardPoints } from '../points/change-points.ts';
import { changeHandle } from './change-handle.ts';
import { moveWish } from '../wishes/move-wish.ts';
import { writeWish } from '../wishes/write-wish.ts';
import { editProfile } from './edit-profile.ts';
import { getOwnProfile, getProfile } from './queries.ts';

const house = await theHouse();
const somebody = async () => {
  const ctx = await testContext({ may: [] });
  return { ctx, member: await requireMember(ctx) };
};
const profile = {
  name: '林小象',
  headline: 'DBA',
  about: 'I **tune** things. <script>alert(1)</script>',
  location: '杭州',
  website: 'https://example.com',
  roles: ['dba' as const, 'dba' as const],
  skills: ['vacuum', '索引'],
  industry: 'finance' as const,
};
const reader: Context = { ...(await testContext({ may: [] })), actor: anonymous };
const query = (view: ProfileQuery['view'] = 'articles', limit = 20) => ProfileQuery.parse({ view, limit });

async function write(ctx: Context, kind: 'article' | 'question' | 'answer', parentId?: number) {
  return inTransaction(ctx, async (tx) =>
    insertPost(tx, await requireMember(tx), {
      kind,
      ...(parentId === undefined ? { title: `About ${kind}s` } : { parentId }),
      markdown: 'Words.',
      locale: 'en',
      state: 'published',
    }),
  );
}

test('before taking part a profile has the account’s name and makes nobody a member; saved, everybody sees it', async () => {
  const ctx = await testContext({ may: [] });
  expect(await getOwnProfile(ctx)).toMatchObject({ handle: null, name: 'Test Person' });
  const saved = await editProfile(ctx, profile);
  expect(saved).toMatchObject({ name: '林小象', roles: ['dba'], skills: ['vacuum', '索引'] });
  const page = await getProfile(reader, saved.handle!, query());
  expect(page).toMatchObject({ name: '林小象', location: '杭州', movedTo: null, isListed: true });
  expect(page.aboutHtml).toContain('<strong>tune</strong>');
  expect(page.aboutHtml).not.toContain('script');
});

test('members are found by name, role and skill; pages of the list hold each once', async () => {
  const { ctx, member } = await somebody();
  await editProfile(ctx, { ...profile, name: 'Zhang 百分百%', skills: ['pgvector'] });
  const find = async (q: object) =>
    (await listMembers(reader, { limit: 50, ...q })).items.map(({ handle }) => handle);
  expect(await find({ q: '百分百%' })).toEqual([member.handle]);
  expect(await find({ skill: 'pgvector' })).toEqual([member.handle]);
  expect(await find({ role: 'dba' })).toContain(member.handle);
  expect(await find({ role: 'media' })).toEqual([]);
  for (let i = 0; i < 3; i++) await somebody();
  const seen: (string | null)[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await listMembers(reader, { limit: 2, cursor });
    seen.push(...page.items.map(({ handle }) => handle));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  const { n } = await database.db
    .selectFrom('community.member')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(new Set(seen).size).toBe(Number(n));
  expect(seen).toHaveLength(Number(n));
});

test('a profile opens at what its member wrote: articles, else questions, else answers', async () => {
  const asker = await somebody();
  const helper = await somebody();
  const question = await write(asker.ctx, 'question');
  await write(asker.ctx, 'answer', question);
  await write(helper.ctx, 'answer', question);
  const viewOf = async ({ ctx, member }: typeof asker) =>
    (await getProfile(ctx, member.handle, ProfileQuery.parse({}))).view;
  expect(await viewOf(asker)).toBe('questions');
  expect(await viewOf(helper)).toBe('answers');
  expect(await viewOf(await somebody())).toBe('articles');
  await write(asker.ctx, 'article');
  expect(await viewOf(asker)).toBe('articles');
});

test('every figure of a profile is the number of the rows behind it; what is not public is in none', async () => {
  const { ctx, member } = await somebody();
  const other = await somebody();
  await write(ctx, 'article');
  const question = await write(other.ctx, 'question');
  const hidden = await write(other.ctx, 'question');
  const accepted = await write(ctx, 'answer', question);
  await write(ctx, 'answer', question);
  await write(ctx, 'answer', hidden);
  await database.db
    .updateTable('community.post')
    .set({ accepted_answer_id: accepted })
    .where('id', '=', question)
    .execute();
  await database.db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', hidden).execute();
  await inTransaction(ctx, (tx) =>
    awardPoints(tx, {
      memberId: member.id,
      cause: 'accepted',
      key: String(accepted),
      postId: accepted,
    }),
  );
  await inTransaction(ctx, (tx) =>
    awardPoints(tx, {
      memberId: member.id,
      cause: 'up-vote',
      key: `${hidden}:x`,
      postId: hidden,
    }),
  );
  const { counts } = await getProfile(reader, member.handle, query());
  expect(counts).toMatchObject({ articles: 1, questions: 0, answers: 2, accepted: 1 });
  for (const view of ['articles', 'questions', 'answers', 'accepted'] as const) {
    const { posts } = await getProfile(reader, member.handle, query(view));
    expect(posts, view).toHaveLength(counts[view]);
  }
  const page = await getProfile(reader, member.handle, query('reputation'));
  expect(page.entries.reduce((sum, { amount }) => sum + amount, 0)).toBe(page.reputation);
  expect(page.entries.map(({ post }) => post?.id)).toEqual([undefined, accepted]);
  const first = await getProfile(reader, member.handle, query('answers', 1));
  const second = await getProfile(reader, member.handle, {
    ...query('answers', 1),
    cursor: first.nextCursor!,
  });
  expect(second.posts[0]?.id).toBe(accepted);
});

test('talks, translations and wishes that came true are counted, and each number is that of its rows', async () => {
  await writeAtAnyPace();
  const [ada, other] = [await testMember(), await testMember()];
  const session = (startsAt: string, speakers: string[]) => ({
    kind: 'session' as const,
    url: 'https://v.example/live',
    startsAt,
    endsAt: '2040-01-01T00:00:00Z',
    speakers,
  });
  const [past, toCome] = ['2026-01-01T00:00:00Z', '2039-01-01T00:00:00Z'];
  const write = ({ ctx }: TestMember, more: Partial<WriteArticle>) =>
    createArticle(
      ctx,
      WriteArticle.parse({ title: 'About sessions', markdown: randomUUID(), locale: 'en', ...more }),
    );
  // Theirs: as the only one, by name, and named by somebody else, in capitals.
  const own = await write(ada, { media: session(past, []) });
  const byName = await write(ada, { media: session(past, ['Somebody', 'Test Person']) });
  const named = await write(other, { media: session(past, ['Host', `@${ada.handle.toUpperCase()}`]) });
  // Not theirs: to come, of others, named by a name only, hidden.
  await write(ada, { media: session(toCome, []) });
  await write(ada, { media: session(past, ['Somebody Else']) });
  await write(other, { media: session(past, ['Test Person', `@${ada.handle}x`]) });
  const hidden = await write(other, { media: session(past, [`@${ada.handle}`]) });
  await inTransaction(house, (tx) => unpublishPost(tx, hidden.id, 'hidden'));
  const from = { origin: 'translated' as const, sourceUrl: 'https://example.org/a', sourceAuthor: 'Bo' };
  const translation = await write(ada, from);
  await write(ada, { ...from, origin: 'reposted' });
  const wishes = [];
  for (const title of ['A wish that came true', 'A wish that waits', 'A private wish come true'])
    wishes.push(await writeWish(ada.ctx, { ...wishWords, title }));
  const [adopted, , secret] = wishes;
  for (const one of [adopted!, secret!]) await moveWish(house, one.id, { state: 'delivered', note: 'Done.' });
  await database.db
    .updateTable('community.wish')
    .set({ is_private: true })
    .where('id', '=', secret!.id)
    .execute();

  const { counts } = await getProfile(reader, ada.handle, query());
  expect(counts).toMatchObject({ talks: 3, translations: 1, wishes: 1 });
  const rowsOf = async (view: ProfileQuery['view']) => {
    const rows: number[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await getProfile(reader, ada.handle, { ...query(view, 1), cursor });
      rows.push(...page.posts.map(({ id }) => id), ...page.wishes.map(({ id }) => id));
      if (page.nextCursor === null) return rows;
      cursor = page.nextCursor;
    }
  };
  expect(await rowsOf('talks')).toEqual([named.id, byName.id, own.id]);
  expect(await rowsOf('translations')).toEqual([translation.id]);
  expect(await rowsOf('wishes')).toEqual([adopted!.id]);
  for (const view of profileViews)
    if (view !== 'reputation') expect(await rowsOf(view), view).toHaveLength(counts[view]);
  // A talk stays with who has another handle since.
  await changeHandle(ada.ctx, { handle: `ada-${ada.id.slice(0, 8)}` });
  expect((await getProfile(reader, ada.handle, query())).counts.talks).toBe(3);
});

test('a new handle leaves the old address leading to the member, whom nobody can follow into it', async () => {
  const { ctx, member } = await somebody();
  const thief = await somebody();
  const handle = `lin-${member.id.slice(0, 8)}`;
  await changeHandle(ctx, { handle });
  expect(await getProfile(reader, member.handle, query())).toMatchObject({ handle, movedTo: handle });
  await expect(changeHandle(thief.ctx, { handle: member.handle })).rejects.toMatchObject({
    code: 'conflict',
  });
  await sql`update community.former_handle set kept_until = now() where handle = ${member.handle}`.execute(
    database.db,
  );
  await expect(getProfile(reader, member.handle, query())).rejects.toMatchObject({ code: 'not_found' });
  await changeHandle(thief.ctx, { handle: member.handle });
});

test('handles of the house, lookalikes and a third change within a month are refused', async () => {
  const { ctx } = await somebody();
  for (const handle of [
    'admin',
    'adm1n',
    'p0stgres',
    'rnoderator',
    'elepherd-team',
    '3l3pherd-team',
    'deleted-1a2b',
  ])
    await expect(changeHandle(ctx, { handle }), handle).rejects.toMatchObject({ code: 'conflict' });
  const other = await somebody();
  await changeHandle(other.ctx, { handle: 'colin-vv1l' });
  await expect(changeHandle(ctx, { handle: 'col1n-wll' })).rejects.toMatchObject({ code: 'conflict' });
  await changeHandle(ctx, { handle: 'first-name' });
  await changeHandle(ctx, { handle: 'second-name' });
  await expect(changeHandle(ctx, { handle: 'third-name' })).rejects.toMatchObject({ code: 'conflict' });
});

test('of ten who want one handle at once one gets it', async () => {
  const all = await Promise.all(Array.from({ length: 6 }, somebody));
  const answers = await Promise.allSettled(
    all.map(({ ctx }) => changeHandle(ctx, { handle: 'the-one-and-only' })),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('rules and database agree on what a handle looks like, and what looks reserved is', async () => {
  const handle = fc
    .stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/)
    .filter((one) => Handle.safeParse(one).success);
  const samples = fc.sample(fc.oneof(handle, fc.constantFrom('rnvv01i5', 'rrnn', 'vvv', 'adrnin')), 200);
  const { rows } = await sql<{ look: string }>`
    select community.look_of(h) as look from unnest(${samples}::text[]) with ordinality s(h, n) order by n`.execute(
    database.db,
  );
  expect(rows.map(({ look }) => look)).toEqual(samples.map(lookOf));
  for (const one of ['adrnin', 'mode7ator', 'anna']) expect(isReservedHandle(one)).toBe(one === 'adrnin');
});
