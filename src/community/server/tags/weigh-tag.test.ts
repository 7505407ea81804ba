import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { writeAtAnyPace } from '#tests/support/community.ts';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import type { JobContext } from '#src/platform/server/jobs.ts';
import { requireMember } from '../members/require-member.ts';
import { getMemberById } from '../members/queries.ts';
import { mergeMembers } from '../merges/merge-members.ts';
import { undoMerge } from '../merges/undo-merge.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { replayPoints } from '../points/replay-points.ts';
import { settleWeights } from '../points/settle-weights.job.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { revisePost } from '../posts/revise-post.ts';
import { castVote } from '../votes/cast-vote.ts';
import { addSynonym } from './add-synonym.ts';
import { getTagPage, getWeightPreview } from './queries.ts';
import { weighTag } from './weigh-tag.ts';

const { db } = database;
const staff = await theHouse();
await writeAtAnyPace();

let made = 0;
async function newTag(): Promise<string> {
  const name = `board-${(made += 1)}`;
  await db.insertInto('community.tag').values({ name }).execute();
  return name;
}
/** A member whose balances are the sums of their entries: nothing was given beside the ledger. */
async function newMember(): Promise<TestMember> {
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  return { ctx, id, handle };
}
const retag = (postId: number, tags: string[]) =>
  inTransaction(staff, async (tx) =>
    revisePost(tx, await requireMember(tx), postId, { markdown: 'Words.', tags }),
  );
const reputationOf = async (id: string) => (await getMemberById(db, id)).reputation;

/** What the ledger says by what counts and by the tags as they are: worked out here, not by the code that is tested. */
async function expectExact(...concerned: TestMember[]): Promise<void> {
  const [posts, tagged, tags, entries, members] = await Promise.all([
    db.selectFrom('community.post').select(['id', 'parent_id']).execute(),
    db.selectFrom('community.post_tag').selectAll().execute(),
    db.selectFrom('community.tag').select(['id', 'weight']).execute(),
    db.selectFrom('community.point_entry').selectAll().execute(),
    db.selectFrom('community.member').select(['id', 'reputation', 'points']).execute(),
  ]);
  const root = new Map(posts.map((post) => [post.id, post.parent_id ?? post.id]));
  const weights = new Map(tags.map(({ id, weight }) => [id, weight]));
  const weightOf = (postId: number | null) => {
    const said = tagged
      .filter((one) => postId !== null && one.post_id === root.get(postId))
      .flatMap(({ tag_id }) => weights.get(tag_id) ?? []);
    return said.length === 0 ? 1 : Math.min(...said);
  };
  const reversed = new Set(entries.map(({ reverses }) => reverses));
  const sums = new Map<string, [number, number]>();
  for (const entry of entries) {
    const [growth, spendable] = sums.get(entry.member_id) ?? [0, 0];
    const lives = entry.reverses === null && !reversed.has(entry.id);
    sums.set(entry.member_id, [
      growth + (lives ? entry.base * weightOf(entry.post_id) : 0),
      spendable + entry.spendable,
    ]);
  }
  for (const { id } of concerned) {
    const kept = members.find((one) => one.id === id);
    expect([kept?.reputation, kept?.points]).toEqual(sums.get(id) ?? [0, 0]);
  }
}

test('a weight of 0, 1 or 2 changes what posts under the tag brought, answers included, exactly and both ways', async () => {
  const tag = await newTag();
  const [asker, answerer, voter] = [
    await testMember(),
    await testMember(),
    await testMember({ reputation: 500 }),
  ];
  const question = await testPost(asker, { kind: 'question' });
  await retag(question, [tag]);
  const answer = await testPost(answerer, { kind: 'answer', parentId: question });
  const other = await testPost(answerer, { kind: 'question' });
  for (const post of [question, answer, other]) await castVote(voter.ctx, post, { value: 1 });
  const now = async () => [await reputationOf(asker.id), await reputationOf(answerer.id)];
  expect(await now()).toEqual([11, 21]);
  expect(await weighTag(staff, tag, { weight: 2 })).toEqual({ isDone: true });
  expect(await now()).toEqual([21, 31]);
  await weighTag(staff, tag, { weight: 0 });
  expect(await now()).toEqual([1, 11]);
  // What comes from now on counts as little; what can be spent is not touched.
  const late = await testPost(asker, { kind: 'answer', parentId: question });
  await castVote(voter.ctx, late, { value: 1 });
  expect(await now()).toEqual([1, 11]);
  expect(
    await db.selectFrom('community.member').select('points').where('id', '=', asker.id).executeTakeFirst(),
  ).toEqual({ points: 21 });
  await weighTag(staff, tag, { weight: null });
  expect(await now()).toEqual([21, 21]);
  expect(await getTagPage(asker.ctx, tag, {})).toMatchObject({ weight: null, mayWeigh: false });
  expect(await getTagPage(staff, tag, {})).toMatchObject({ mayWeigh: true });
});

test('of several tags the smallest weight counts, and a post that changes its tags or whose tag is merged follows', async () => {
  const [chat, core, plain] = [await newTag(), await newTag(), await newTag()];
  await weighTag(staff, chat, { weight: 0 });
  await weighTag(staff, core, { weight: 2 });
  const [author, voter] = [await testMember(), await testMember({ reputation: 500 })];
  const question = await testPost(author, { kind: 'question' });
  await castVote(voter.ctx, question, { value: 1 });
  const expectAt = async (tags: string[], reputation: number) => {
    await retag(question, tags);
    expect(await reputationOf(author.id), tags.join(' ')).toBe(reputation);
  };
  await expectAt([core], 21);
  await expectAt([core, plain], 21);
  await expectAt([core, chat], 1);
  await expectAt([plain], 11);
  await addSynonym(staff, core, plain);
  expect(await reputationOf(author.id)).toBe(21);
});

test('the page before says what will change, and that is what changes', async () => {
  const tag = await newTag();
  const [author, voter] = [await testMember({ reputation: 0 }), await testMember({ reputation: 500 })];
  const question = await testPost(author, { kind: 'question' });
  await retag(question, [tag]);
  await castVote(voter.ctx, question, { value: 1 });
  const before = await reputationOf(author.id);
  expect(await getWeightPreview(staff, tag, 2)).toEqual({
    name: tag,
    weight: null,
    wished: 2,
    posts: 1,
    entries: 1,
    members: 1,
    before: 10,
    after: 20,
    privileges: [{ privilege: 'voteUp', gain: 1, lose: 0 }],
    levels: { gain: 0, lose: 0 },
  });
  expect(await reputationOf(author.id)).toBe(before);
  await weighTag(staff, tag, { weight: 2 });
  expect(await reputationOf(author.id)).toBe(20);
  expect(await getWeightPreview(staff, tag, 0)).toMatchObject({
    before: 20,
    after: 0,
    privileges: [{ privilege: 'voteUp', gain: 0, lose: 1 }],
  });
  // The privilege really hangs on it.
  const other = await testPost(voter, { kind: 'question' });
  await castVote(author.ctx, other, { value: 1 });
  await weighTag(staff, tag, { weight: 0 });
  await expect(castVote(author.ctx, other, { value: 0 })).resolves.toMatchObject({ vote: 0 });
  await expect(castVote(author.ctx, other, { value: 1 })).rejects.toMatchObject({ code: 'conflict' });
});

test('only who may change rules of points weighs, it is audited, and other numbers are none', async () => {
  const tag = await newTag();
  const member = await testMember({ reputation: 9000 });
  await expect(weighTag(member.ctx, tag, { weight: 2 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(getWeightPreview(member.ctx, tag, 2)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(weighTag(staff, 'no-such-tag', { weight: 2 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(weighTag(staff, tag, { weight: 3 as 2 })).rejects.toThrow();
  await weighTag(staff, tag, { weight: 2 });
  const { details } = await db
    .selectFrom('platform.audit')
    .select('details')
    .where('action', '=', 'community.tag.weigh')
    .where('subject_id', '=', tag)
    .executeTakeFirstOrThrow();
  expect(details).toEqual({ before: null, after: 2, isDone: true });
});

test('what is more than a batch is done by the job, each batch exact for itself', async () => {
  const tag = await newTag();
  const [author, voters] = [await newMember(), [await newMember(), await newMember(), await newMember()]];
  const article = await testPost(author, { kind: 'article' });
  await retag(article, [tag]);
  for (const { id } of voters)
    await inTransaction(staff, (tx) =>
      awardPoints(tx, { memberId: author.id, cause: 'up-vote', key: `${article}:${id}`, postId: article }),
    );
  const before = await reputationOf(author.id);
  expect(await weighTag(staff, tag, { weight: 2 }, 2)).toEqual({ isDone: false });
  const between = await reputationOf(author.id);
  expect(between).toBeGreaterThan(before);
  expect(await replayPoints(staff)).toMatchObject({ differenceCount: 0 });
  const { rows } = await sql<{
    payload: { tagId: number };
  }>`select j.payload from graphile_worker._private_jobs j
    where j.key like 'community.settle-weights:%'`.execute(db);
  await settleWeights.run({ db } as unknown as JobContext, rows[0]!.payload as never);
  await settleWeights.run({ db } as unknown as JobContext, rows[0]!.payload as never);
  expect(await reputationOf(author.id)).toBe(before * 2);
  await expectExact(author);
});

test('a merge of members between two weights can still be undone, with nothing lost or doubled', async () => {
  const tag = await newTag();
  const [from, into] = [await newMember(), await newMember()];
  const article = await testPost(from, { kind: 'article' });
  await retag(article, [tag]);
  await inTransaction(staff, (tx) =>
    awardPoints(tx, { memberId: from.id, cause: 'featured', key: String(article), postId: article }),
  );
  const { id } = await mergeMembers(staff, { from: from.handle, into: into.handle, reason: 'One.' });
  await weighTag(staff, tag, { weight: 2 });
  expect(await reputationOf(into.id)).toBe(100);
  await undoMerge(staff, id);
  expect([await reputationOf(from.id), await reputationOf(into.id)]).toEqual([100, 0]);
  await weighTag(staff, tag, { weight: 1 });
  expect(await reputationOf(from.id)).toBe(50);
  await expectExact(from, into);
});

test('whoever votes while a tag is weighed: every vote ends with the weight that holds', async () => {
  const tag = await newTag();
  const author = await newMember();
  const posts = [await testPost(author, { kind: 'question' }), await testPost(author, { kind: 'question' })];
  for (const post of posts) await retag(post, [tag]);
  const voters = await Promise.all(Array.from({ length: 8 }, () => testMember({ reputation: 500 })));
  const weights = [2, 0, 1, 2] as const;
  await Promise.all([
    ...voters.flatMap(({ ctx }) => posts.map((post) => castVote(ctx, post, { value: 1 }))),
    (async () => {
      for (const weight of weights) await weighTag(staff, tag, { weight });
    })(),
    retag(posts[0]!, []).then(() => retag(posts[0]!, [tag])),
  ]);
  await expectExact(author);
  expect(await replayPoints(staff)).toMatchObject({ differenceCount: 0 });
  // The cap of a day counts what the rule brings, before the weight.
  expect(await reputationOf(author.id)).toBe(2 * Math.min(200, 16 * 10));
});

test('whatever is given, taken back, hidden, tagged and weighed: totals are what the replay says', async () => {
  const tags = [await newTag(), await newTag()];
  const members = [await newMember(), await newMember(), await newMember()];
  const posts: number[] = [];
  for (const member of members) posts.push(await testPost(member, { kind: 'question' }));
  for (const member of members) posts.push(await testPost(member, { kind: 'answer', parentId: posts[0]! }));
  const step = fc.record({
    whom: fc.nat(2),
    by: fc.nat(2),
    post: fc.constantFrom(...posts),
    tag: fc.constantFrom(...tags),
    weight: fc.constantFrom(0 as const, 1 as const, 2 as const, null),
    worn: fc.subarray(tags),
    cause: fc.constantFrom('up-vote', 'accepted', 'down-vote'),
    what: fc.constantFrom('give', 'give', 'give', 'take', 'weigh', 'weigh', 'tag', 'hide', 'show'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      for (const { whom, by, post, tag, weight, worn, cause, what } of steps) {
        const [who, actor] = [members[whom]!, members[by]!];
        const key = { memberId: who.id, cause, key: `${post}:${actor.id}` };
        await inTransaction<unknown>(staff, async (tx) => {
          if (what === 'give') return awardPoints(tx, { ...key, actorId: actor.id, postId: post });
          if (what === 'take') return reversePoints(tx, key);
          if (what === 'weigh') return weighTag(tx, tag, { weight });
          if (what === 'hide') return unpublishPost(tx, post, 'hidden');
          if (what === 'show') return publishPost(tx, post);
          const root = posts.indexOf(post) < members.length ? post : posts[0]!;
          return revisePost(tx, await requireMember(tx), root, { markdown: 'Words.', tags: worn });
        });
      }
      await expectExact(...members);
      expect(await replayPoints(staff)).toMatchObject({ differenceCount: 0 });
    }),
    { numRuns: 8 },
  );
  const found = await replayPoints(staff);
  const own = new Set(members.map(({ handle }) => handle));
  expect(found.balances.filter(({ handle }) => own.has(handle))).toEqual([]);
});
