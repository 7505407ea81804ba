import { expect, test } from 'vitest';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import type { WriteWish } from '#src/community/contract/wishes.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { tellAllFollowers } from '#tests/support/tell-all-followers.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { getFeed } from '../feeds/queries.ts';
import { flagWriting } from '../flags/flag-writing.ts';
import { followSubject } from '../follows/follow-subject.ts';
import { listFollowed } from '../follows/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { forgetModeration } from '../moderation/judge-writing.ts';
import { decideWriting } from '../moderation/decide-writing.ts';
import { countUnread, listNotices } from '../notifications/queries.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { getQueue } from '../reviews/queries.ts';
import { readDeeds } from '../trust/queries.ts';
import { getMemberValue, listMemberRows } from '../value/queries.ts';
import { claimWish } from '../wishes/claim-wish.ts';
import { mergeWishes } from '../wishes/merge-wishes.ts';
import { moveWish } from '../wishes/move-wish.ts';
import { getWish, listWishes } from '../wishes/queries.ts';
import { voteForWish } from '../wishes/vote-for-wish.ts';
import { writeWish } from '../wishes/write-wish.ts';
import { editComment } from './edit-comment.ts';
import { getCommentSource } from './queries.ts';
import { removeComment } from './remove-comment.ts';
import { writeComment } from './write-comment.ts';

const { db } = database;
const house = await theHouse();
const nobody: Context = { ...house, actor: anonymous };
let count = 0;
/** Past the pace that a member keeps. */
const rested = () => db.deleteFrom('community.writing_pace').execute();
async function wishOf(author: TestMember, more: Partial<WriteWish> = {}) {
  await rested();
  return writeWish(author.ctx, { ...wishWords, title: `Wish number ${(count += 1)} of ours`, ...more });
}
async function say({ ctx }: Pick<TestMember, 'ctx'>, wish: number, markdown: string) {
  await rested();
  return writeComment(ctx, { wish, markdown });
}
async function vendor() {
  const manager = await testMember();
  const { slug } = await createOrganisation(manager.ctx, {
    name: `Vendor ${(count += 1)}`,
    kind: 'database-vendor',
    evidence: 'We are it.',
  });
  await decideOrganisation(house, slug, { isVerified: true });
  return { ...manager, slug };
}
const talk = async ({ ctx }: Pick<TestMember, 'ctx'>, wish: number) =>
  (await getWish(ctx, wish)).comments.map(({ html, isMine }) => [
    html.replace(/<[^>]+>/g, '').trim(),
    isMine,
  ]);
const told = async (who: TestMember, kind = 'comment') =>
  (
    await db
      .selectFrom('community.notification')
      .select('key')
      .where('member_id', '=', who.id)
      .where('kind', '=', kind)
      .execute()
  ).length;

test('a vendor answers, a voter gives a case; who takes no part needs the reputation that comments take', async () => {
  const [author, voter, passer, known] = [
    await testMember(),
    await testMember(),
    await testMember({ reputation: 49 }),
    await testMember({ reputation: 50 }),
  ];
  const claimant = await vendor();
  const { id } = await wishOf(author);
  const may = async ({ ctx }: TestMember) => (await getWish(ctx, id)).viewer.mayComment;
  expect([
    await may(author),
    await may(voter),
    await may(claimant),
    await may(passer),
    await may(known),
  ]).toEqual([true, false, false, false, true]);
  for (const one of [voter, claimant, passer])
    await expect(say(one, id, 'We need it too.')).rejects.toMatchObject({ code: 'conflict' });
  await voteForWish(voter.ctx, id, { strength: 'must' });
  await claimWish(claimant.ctx, id, claimant.slug, { dueOn: '2099-01-01' });
  expect([await may(voter), await may(claimant)]).toEqual([true, true]);
  await say(voter, id, 'We need it for *40* clusters.');
  await say(claimant, id, 'It comes in our next version.');
  await say(known, id, 'Postgres 19 has a part of it.');
  expect(await talk(voter, id)).toEqual([
    ['We need it for 40 clusters.', true],
    ['It comes in our next version.', false],
    ['Postgres 19 has a part of it.', false],
  ]);
  expect(await talk({ ctx: nobody }, id)).toHaveLength(3);
  const listed = (await listWishes(nobody, { state: 'living', sort: 'newest', scope: 'public', limit: 5 }))
    .items;
  expect(listed.find((one) => one.id === id)?.commentCount).toBe(3);
  expect(await told(author)).toBe(3);
});

test('its own author changes and removes a comment, nobody else; who follows hears of each once', async () => {
  const [author, fan, quiet] = [await testMember(), await testMember(), await testMember()];
  const other = await testMember({ reputation: 50 });
  const { id, slug } = await wishOf(author);
  for (const { ctx } of [fan, quiet, author]) await followSubject(ctx, 'wish', String(id));
  expect(await listFollowed(fan.ctx)).toMatchObject([{ kind: 'wish', href: `/wishes/${id}/${slug}` }]);
  const { id: comment } = await say(other, id, `Which version, @${fan.handle}?`);
  await tellAllFollowers();
  await tellAllFollowers();
  expect([await told(fan, 'followed'), await told(fan, 'mention')]).toEqual([0, 1]);
  expect([await told(quiet, 'followed'), await told(other, 'followed'), await told(author)]).toEqual([
    1, 0, 1,
  ]);
  await expect(editComment(author.ctx, comment, { markdown: 'Mine.' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(removeComment(author.ctx, comment)).rejects.toMatchObject({ code: 'forbidden' });
  await rested();
  await editComment(other.ctx, comment, { markdown: 'Which major version?' });
  expect(await talk(author, id)).toEqual([['Which major version?', false]]);
  expect(await getCommentSource(fan.ctx, await requireMember(fan.ctx), comment)).toMatchObject({
    wish: id,
    post: null,
    path: `/wishes/${id}/${slug}`,
    markdown: null,
  });
  await removeComment(other.ctx, comment);
  expect(await talk(other, id)).toEqual([]);
  expect((await getWish(nobody, id)).commentCount).toBe(0);
  expect(await countUnread(db, fan.id)).toBe(0);
});

test('a flagged comment waits in the queue with the address of its wish, and goes when reviewers say so', async () => {
  const [author, other] = [await testMember(), await testMember({ reputation: 50 })];
  const { id, slug } = await wishOf(author);
  const { id: comment } = await say(other, id, 'Buy our pills.');
  const subject = `comment:${comment}`;
  await flagWriting(author.ctx, { subject, kind: 'spam' });
  const reviewer = await requireMember(house);
  const queue = await getQueue(house, reviewer.id, 'flagged');
  expect(queue.items.find((one) => one.subject === subject)).toMatchObject({
    kind: 'comment',
    href: `/wishes/${id}/${slug}#comment-${comment}`,
  });
  await decideWriting(house, { subject, verdict: 'decline', reason: 'An advert.' });
  expect(await talk({ ctx: house }, id)).toEqual([]);
  expect((await getWish(nobody, id)).commentCount).toBe(0);
});

test('what is said below a wish goes along when it is found to be the same as another, and so do who follows it', async () => {
  const [author, fan] = [await testMember(), await testMember()];
  const [from, into] = [await wishOf(author), await wishOf(author)];
  await followSubject(fan.ctx, 'wish', String(from.id));
  const { id: comment } = await say(author, from.id, 'We need it by June.');
  await say(author, into.id, 'We need it by May.');
  await mergeWishes(house, from.id, { into: into.id });
  expect([await talk(author, from.id), await talk(author, into.id)]).toEqual([
    [],
    [
      ['We need it by June.', true],
      ['We need it by May.', true],
    ],
  ]);
  const { commentCount, viewer } = await getWish(fan.ctx, into.id);
  expect([commentCount, viewer.follows, (await getWish(fan.ctx, from.id)).viewer.follows]).toEqual([
    2,
    true,
    null,
  ]);
  await expect(say(author, from.id, 'And by April.')).rejects.toMatchObject({ code: 'conflict' });
  await rested();
  expect(await editComment(author.ctx, comment, { markdown: 'We need it by July.' })).toMatchObject({
    id: comment,
  });
  const before = await told(fan, 'wish');
  await moveWish(house, into.id, { state: 'planned', note: 'In the next version.' });
  expect(await told(fan, 'wish')).toBe(before + 1);
});

test('a wish has a feed of what everybody may read below it', async () => {
  const author = await testMember();
  const { id, slug, title } = await wishOf(author);
  const { id: first } = await say(author, id, 'We need it by *June*.');
  const { id: waits } = await say(author, id, 'We need it by May.');
  await db.updateTable('community.comment').set({ state: 'pending' }).where('id', '=', waits).execute();
  const feed = await getFeed(nobody, { about: 'wishes', name: String(id) });
  expect(feed).toMatchObject({ name: title, path: `/wishes/${id}/${slug}`, key: `wishes/${id}` });
  expect(feed.entries).toMatchObject([
    {
      key: `comment/${first}`,
      title,
      path: `/wishes/${id}/${slug}#comment-${first}`,
      excerpt: 'We need it by June.',
    },
  ]);
  const named = await wishOf(author, { isPrivate: true });
  for (const name of [String(named.id), '999999', 'x'])
    await expect(getFeed(nobody, { about: 'wishes', name })).rejects.toMatchObject({ code: 'not_found' });
});

test('what is said below a private wish is between those whom it names: no queue, no total, no level, no notice knows of it', async () => {
  const [author, stranger, manager] = [
    await testMember(),
    await testMember({ reputation: 500 }),
    await vendor(),
  ];
  const { id } = await wishOf(author, { isPrivate: true, vendors: [manager.slug] });
  const deeds = async () => (await readDeeds(db, [author.id])).get(author.id);
  const total = async (reader: Context) =>
    (await getMemberValue(reader, author.handle)).figures.find(({ name }) => name === 'comments')?.rows;
  const before = await deeds();
  const { id: comment } = await say(author, id, `Ask @${stranger.handle} and @${manager.handle}.`);
  expect([await told(manager), await told(stranger), await told(stranger, 'mention')]).toEqual([1, 0, 0]);
  const read = async (who: TestMember) =>
    (await listNotices(who.ctx, who.id, { limit: 10 })).items.map(({ kind }) => kind);
  expect(await read(manager)).toEqual(expect.arrayContaining(['comment', 'mention']));
  expect([await deeds(), await total(nobody), await total(author.ctx)]).toEqual([before, 0, 0]);
  expect((await listMemberRows(nobody, author.handle, 'comments', { limit: 10 })).items).toEqual([]);
  for (const who of [stranger.ctx, nobody])
    await expect(getWish(who, id)).rejects.toMatchObject({ code: 'not_found' });
  const other = await requireMember(stranger.ctx);
  await expect(getCommentSource(stranger.ctx, other, comment)).rejects.toMatchObject({ code: 'not_found' });
  await expect(say(stranger, id, 'Hello.')).rejects.toMatchObject({ code: 'not_found' });
  await expect(removeComment(stranger.ctx, comment)).rejects.toMatchObject({ code: 'not_found' });
  await expect(followSubject(manager.ctx, 'wish', String(id))).rejects.toMatchObject({ code: 'not_found' });
  // Nobody calls reviewers to it, not even those who read it.
  for (const who of [stranger, manager])
    await expect(flagWriting(who.ctx, { subject: `comment:${comment}`, kind: 'rude' })).rejects.toMatchObject(
      { code: 'not_found' },
    );
  await say(manager, id, 'It comes in June.');
  expect(await talk(author, id)).toHaveLength(2);
  // Whoever manages the vendor no longer is told nothing of it any more.
  await db.deleteFrom('community.organisation_manager').where('member_id', '=', manager.id).execute();
  expect(await read(manager)).not.toContain('comment');
  await expect(talk(manager, id)).rejects.toMatchObject({ code: 'not_found' });
  await removeComment(house, comment);
  expect(await talk(author, id)).toHaveLength(1);
});

test('a newcomer’s suspicious words below a private wish reach those it names at once, as no reviewer may read them', async () => {
  const author = await testMember({ trustLevel: 0 });
  const { id } = await wishOf(author, { isPrivate: true });
  await db
    .insertInto('community.moderation_rule')
    .values({ kind: 'word', pattern: 'heldword', effect: 'hold' })
    .execute();

  forgetModeration();
  expect(await say(author, id, 'A heldword.')).toMatchObject({ state: 'published' });
  const { id: open } = await wishOf(await testMember());
  await db.updateTable('community.member').set({ reputation: 50 }).where('id', '=', author.id).execute();
  expect(await say(author, open, 'A heldword too.')).toMatchObject({ state: 'pending' });
  const queue = await getQueue(house, (await requireMember(house)).id, 'pending');
  expect(queue.items.map(({ html }) => html).filter((html) => html.includes('heldword'))).toEqual([
    expect.stringContaining('A heldword too.'),
  ]);
});
