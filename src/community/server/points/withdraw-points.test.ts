import { beforeEach, expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, testPost, theHouse, type TestMember } from '#tests/support/members.ts';
import { WriteArticle } from '#src/community/contract/articles.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { createArticle } from '../articles/create-article.ts';
import { featureArticle, unfeatureArticle } from '../articles/feature-article.ts';
import { publishPost, unpublishPost } from '../posts/publish-post.ts';
import { acceptAnswer } from '../questions/accept-answer.ts';
import { castVote } from '../votes/cast-vote.ts';

const { db } = database;

async function standingOf(...members: TestMember[]) {
  const found: [number, number][] = [];
  for (const { id } of members) {
    const row = await db
      .selectFrom('community.member')
      .select(['reputation', 'points'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    found.push([row.reputation, row.points]);
  }
  return found;
}
let author: TestMember;
beforeEach(() => db.deleteFrom('community.writing_pace').execute());
const show = (post: number) => inTransaction(author.ctx, (tx) => publishPost(tx, post));
const hide = (post: number) => inTransaction(author.ctx, (tx) => unpublishPost(tx, post, 'removed'));

const article = (origin: 'original' | 'reposted' = 'original') =>
  WriteArticle.parse({
    title: 'How vacuum works',
    markdown: 'It removes rows that nobody can see any more.',
    locale: 'en',
    origin,
    ...(origin === 'reposted' && { sourceUrl: 'https://example.org/vacuum', sourceAuthor: 'Ada' }),
  });

test('an article brings 10, featured 50 more; hidden it takes exactly that, shown again it brings it back', async () => {
  author = await testMember({ reputation: 100 });
  const editor = await theHouse();
  const { id } = await createArticle(author.ctx, article());
  expect(await standingOf(author)).toEqual([[110, 110]]);
  await featureArticle(editor, id);
  expect(await standingOf(author)).toEqual([[160, 160]]);
  await hide(id);
  expect(await standingOf(author)).toEqual([[100, 100]]);
  await show(id);
  expect(await standingOf(author)).toEqual([[160, 160]]);
  await unfeatureArticle(editor, id);
  await hide(id);
  await show(id);
  expect(await standingOf(author)).toEqual([[110, 110]]);
});

test('what others wrote brings its reposter nothing; five articles a day bring something', async () => {
  author = await testMember({ reputation: 0, trustLevel: 4 });
  await createArticle(author.ctx, article('reposted'));
  expect(await standingOf(author)).toEqual([[0, 0]]);
  for (let i = 0; i < 6; i++) {
    await db.deleteFrom('community.writing_pace').execute();
    await createArticle(author.ctx, {
      ...article(),
      title: `Vacuum, part ${i}`,
      markdown: `Part ${i} of many.`,
    });
  }
  expect(await standingOf(author)).toEqual([[50, 50]]);
});

test('a removed answer takes back what it brought to everybody: its author, who accepted it, who voted it down', async () => {
  author = await testMember({ reputation: 100 });
  const [asker, friend, critic] = [
    await testMember({ reputation: 200 }),
    await testMember({ reputation: 200 }),
    await testMember({ reputation: 200 }),
  ];
  const question = await testPost(asker, { kind: 'question' });
  const answer = await testPost(author, { kind: 'answer', parentId: question });
  await castVote(friend.ctx, answer, { value: 1 });
  await castVote(critic.ctx, answer, { value: -1 });
  await acceptAnswer(asker.ctx, question, { answerId: answer });
  const everybody = [author, asker, friend, critic];
  const before = await standingOf(...everybody);
  expect(before).toEqual([
    [123, 123],
    [202, 202],
    [200, 200],
    [199, 199],
  ]);
  await hide(answer);
  expect(await standingOf(...everybody)).toEqual([
    [100, 100],
    [200, 200],
    [200, 200],
    [200, 200],
  ]);
  await show(answer);
  expect(await standingOf(...everybody)).toEqual(before);
  await hide(answer);
  // Meanwhile the asker changes their mind: the acceptance does not come back.
  await acceptAnswer(asker.ctx, question, { answerId: null });
  await show(answer);
  expect(await standingOf(...everybody)).toEqual([
    [108, 108],
    [200, 200],
    [200, 200],
    [199, 199],
  ]);
});
