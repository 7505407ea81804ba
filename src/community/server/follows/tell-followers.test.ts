import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { listTellings, tellAllFollowers } from '#tests/support/tell-all-followers.ts';
import { getArticle } from '../articles/queries.ts';
import { blockMember } from '../blocks/block-member.ts';
import { writeComment } from '../comments/write-comment.ts';
import { decideWriting } from '../moderation/decide-writing.ts';
import { forgetModeration } from '../moderation/judge-writing.ts';
import { listNotices } from '../notifications/queries.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { answerQuestion } from '../questions/answer-question.ts';
import { getQuestionPage } from '../threads/queries.ts';
import { followSubject } from './follow-subject.ts';
import { unfollowSubject } from './unfollow-subject.ts';

const { db } = database;
let asker: TestMember;
let helper: TestMember;
let fan: TestMember;
let question: number;
beforeEach(async () => {
  await sql`delete from graphile_worker._private_jobs`.execute(db);
  await db.deleteFrom('community.writing_pace').execute();
  await db.deleteFrom('community.moderation_rule').execute();
  forgetModeration();
  [asker, helper, fan] = [await testMember(), await testMember({ reputation: 100 }), await testMember()];
  question = await testPost(asker, { kind: 'question' });
});

/** What somebody was told: the kind, and the event. */
const told = async ({ id }: TestMember) =>
  (
    await db
      .selectFrom('community.notification')
      .select(['kind', 'key'])
      .where('member_id', '=', id)
      .where('kind', 'not in', ['moderation', 'follow'])
      .orderBy('id')
      .execute()
  ).map(({ kind, key }) => `${kind} ${key}`);
const follow = (who: TestMember, post: number) => followSubject(who.ctx, 'post', String(post));
const answerOf = async (who: TestMember, markdown: string) =>
  (await answerQuestion(who.ctx, question, { markdown })).id;

/** What says so waits for a reviewer from now on. */
async function holdWord() {
  await db
    .insertInto('community.moderation_rule')
    .values({ kind: 'word', pattern: 'heldword', effect: 'hold' })
    .execute();
  forgetModeration();
}

test('who follows a question is told of an answer and of its acceptance, once; who knows it already or blocked the writer is not', async () => {
  const [called, deaf, late] = [await testMember(), await testMember(), await testMember()];
  for (const one of [asker, helper, fan, called, deaf]) await follow(one, question);
  await blockMember(deaf.ctx, helper.handle);
  const answer = await answerOf(helper, `Ask @${called.handle}, too.`);
  await follow(late, question);
  await tellAllFollowers();
  await tellAllFollowers();
  expect(await told(fan)).toEqual([`followed answer:${answer}`]);
  expect(await told(asker)).toEqual([`answer answer:${answer}`]);
  expect(await told(called)).toEqual([`mention mention:post:${answer}`]);
  for (const one of [helper, deaf, late]) expect(await told(one)).toEqual([]);
  await acceptAnswer(asker.ctx, question, { answerId: answer });
  await tellAllFollowers();
  await tellAllFollowers();
  expect(await told(fan)).toEqual([`followed answer:${answer}`, `followed accepted:${answer}`]);
  expect(await told(helper)).toEqual([`accepted accepted:${answer}`]);
  expect(await told(deaf)).toEqual([]);
  expect(await told(asker)).toHaveLength(1);
  const { items } = await listNotices({ ...fan.ctx, locale: 'en' }, fan.id, { limit: 10 });
  expect(items.map(({ words, href }) => [words.replace(/^.* (?=accepted|answered)/, ''), href])).toEqual([
    ['accepted an answer to a question that you follow', `/questions/${question}#answer-${answer}`],
    ['answered a question that you follow', `/questions/${question}#answer-${answer}`],
  ]);
});

test('nothing is put on the queue while nobody follows; the page says whether its reader does', async () => {
  const follows = async ({ ctx }: Pick<TestMember, 'ctx'>) =>
    (await getQuestionPage(ctx, question, { order: 'score', page: 1 })).follows;
  const answer = await answerOf(helper, 'Without an audience.');
  await acceptAnswer(asker.ctx, question, { answerId: answer });
  await db.deleteFrom('community.writing_pace').execute();
  await writeComment(helper.ctx, { post: question, markdown: 'Neither has this.' });
  expect(await listTellings()).toEqual([]);
  expect(await follows(fan)).toBe(false);
  await follow(fan, question);
  expect(await follows(fan)).toBe(true);
  expect((await getArticle(fan.ctx, await testPost(asker, { kind: 'article' }))).follows).toBe(false);
  await unfollowSubject(fan.ctx, 'post', String(question));
  expect(await follows(fan)).toBe(false);
});

test('of an article its followers hear a comment, and nothing of one that is gone before they are told', async () => {
  const article = await testPost(asker, { kind: 'article' });
  await follow(fan, article);
  const { id } = await writeComment(helper.ctx, { post: article, markdown: 'Well said.' });
  await db.deleteFrom('community.writing_pace').execute();
  const { id: gone } = await writeComment(helper.ctx, { post: article, markdown: 'Badly said.' });
  await db.updateTable('community.comment').set({ state: 'removed' }).where('id', '=', gone).execute();
  await tellAllFollowers();
  expect(await told(fan)).toEqual([`followed comment:${id}`]);
  expect(await told(asker)).toEqual([`comment comment:${id}`, `comment comment:${gone}`]);
});

test('a thousand followers are told by one job, which goes on after a crash where it was', async () => {
  await sql`with account as (insert into identity.account (id, name, email)
      select gen_random_uuid(), 'Reader ' || n, 'reader' || n || '@example.org' from generate_series(1, 1000) n returning id)
    , member as (insert into community.member (id, account_id, handle, name)
      select gen_random_uuid(), id, 'reader-' || substr(id::text, 1, 13), 'Reader' from account returning id)
    insert into community.follow (member_id, kind, key) select id, 'post', ${String(question)} from member`.execute(
    db,
  );
  const answer = await answerOf(helper, 'To the stadium.');
  expect(await listTellings()).toEqual([{ what: 'answer', id: answer }]);
  const key = `answer:${answer}`;
  const count = async () =>
    (
      await db
        .selectFrom('community.notification')
        .select('id')
        .where('key', '=', key)
        .where('kind', '=', 'followed')
        .execute()
    ).length;
  // The database refuses a notice in the midst of the third batch.
  await sql`create sequence community.told`.execute(db);
  await sql`create function community.refuse_notice() returns trigger language plpgsql as $$ begin
      if nextval('community.told') > 450 then raise 'the power is gone'; end if;
      return new; end $$`.execute(db);
  await sql`create trigger refuse_notice before insert on community.notification
    for each row execute function community.refuse_notice()`.execute(db);
  await expect(tellAllFollowers()).rejects.toThrow('the power is gone');
  expect(await count()).toBe(400);
  await sql`drop function community.refuse_notice() cascade`.execute(db);
  await tellAllFollowers();
  expect(await count()).toBe(1000);
  await tellAllFollowers();
  expect(await count()).toBe(1000);
});

test('an answer that waited tells on its approval whom it would have told at once, and nobody before', async () => {
  await holdWord();
  const called = await testMember();
  await follow(fan, question);
  const answer = await answerOf(helper, `A heldword: ask @${called.handle}.`);
  await tellAllFollowers();
  for (const one of [asker, called, fan]) expect(await told(one)).toEqual([]);
  await decideWriting(await theHouse(), { subject: `post:${answer}`, verdict: 'approve' });
  await tellAllFollowers();
  expect(await told(asker)).toEqual([`answer answer:${answer}`]);
  expect(await told(called)).toEqual([`mention mention:post:${answer}`]);
  expect(await told(fan)).toEqual([`followed answer:${answer}`]);
});

test('a comment that waited tells on its approval whom it would have told at once, and nobody when it is declined', async () => {
  await holdWord();
  const called = await testMember();
  await follow(fan, question);
  const say = async (word: string) => {
    await db.deleteFrom('community.writing_pace').execute();
    return writeComment(helper.ctx, {
      post: question,
      markdown: `${word} heldword, @${called.handle}?`,
    });
  };
  const [good, bad] = [await say('This'), await say('That')];
  expect([good.state, bad.state]).toEqual(['pending', 'pending']);
  await tellAllFollowers();
  for (const one of [asker, called, fan]) expect(await told(one)).toEqual([]);
  const house = await theHouse();
  await decideWriting(house, { subject: `comment:${bad.id}`, verdict: 'decline', reason: 'No.' });
  await decideWriting(house, { subject: `comment:${good.id}`, verdict: 'approve' });
  await tellAllFollowers();
  expect(await told(asker)).toEqual([`comment comment:${good.id}`]);
  expect(await told(called)).toEqual([`mention mention:comment:${good.id}`]);
  expect(await told(fan)).toEqual([`followed comment:${good.id}`]);
});
