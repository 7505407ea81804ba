import { beforeEach, expect, test } from 'vitest';
import { newEmployer, somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { undoAction } from '../moderation/undo-action.ts';
import { answerClaim } from './answer-claim.ts';
import { claimCopyright } from './claim-copyright.ts';
import { decideClaim } from './decide-claim.ts';
import { endClaims } from './end-claims.job.ts';

await testContext({ may: [] });
const moderator = await somebody({}, 'moderator');
let author: Somebody;
let claimant: Somebody;
let post = 0;
beforeEach(async () => {
  author = await somebody();
  claimant = await somebody();
  post = await writePost(author, { kind: 'article', title: 'Vacuum explained' });
});
const claim = (who: Somebody) =>
  claimCopyright(who.ctx, { post, work: 'Vacuum, chapter 3', claim: 'Copied word by word.' });
const rowOf = (id: number) =>
  database.db
    .selectFrom('community.takedown as t')
    .innerJoin('community.post as p', 'p.id', 't.post_id')
    .select(['t.state', 'p.state as post', 't.action_id as action'])
    .where('t.id', '=', id)
    .executeTakeFirstOrThrow();
const endDue = () =>
  endClaims.run({ db: database.db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const letPass = (id: number, days: number) =>
  database.pool.query(
    `update community.takedown set due_at = due_at - interval '${days} days' where id = ${id}`,
  );

test('without an answer the post goes on its day and not before, and can be brought back', async () => {
  const { takedown } = await claim(claimant);
  await letPass(takedown, 6);
  await endDue();
  expect(await rowOf(takedown)).toMatchObject({ state: 'open', post: 'published' });
  await letPass(takedown, 1);
  await endDue();
  const row = await rowOf(takedown);
  expect(row).toMatchObject({ state: 'removed', post: 'removed' });
  await endDue();
  await undoAction(moderator.ctx, { action: row.action ?? 0 });
  expect(await rowOf(takedown)).toMatchObject({ post: 'published' });
});

test('an answer of the author makes it wait for staff; nobody else can give it', async () => {
  const { takedown } = await claim(claimant);
  const answer = { takedown, answer: 'I wrote that book.' };
  await expect(answerClaim(claimant.ctx, answer)).rejects.toMatchObject({ code: 'not_found' });
  await answerClaim(author.ctx, answer);
  await letPass(takedown, 30);
  await endDue();
  expect(await rowOf(takedown)).toMatchObject({ state: 'answered', post: 'published' });
  await decideClaim(moderator.ctx, { takedown, verdict: 'refuse', reason: 'It is their own book.' });
  expect(await rowOf(takedown)).toMatchObject({ state: 'refused', post: 'published' });
  await expect(
    decideClaim(moderator.ctx, { takedown, verdict: 'remove', reason: 'After all.' }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('the same claim twice is one, and nobody claims against themselves', async () => {
  await claim(claimant);
  await expect(claim(claimant)).rejects.toMatchObject({ code: 'conflict' });
  await expect(claim(author)).rejects.toMatchObject({ code: 'conflict' });
});

test('colleagues of the author or of the claimant do not decide', async () => {
  const { takedown } = await claim(claimant);
  for (const one of [author, claimant]) {
    const colleague = await somebody({}, 'moderator');
    await newEmployer([one, colleague], `House ${Math.random()}`);
    await expect(
      decideClaim(colleague.ctx, { takedown, verdict: 'refuse', reason: 'No.' }),
    ).rejects.toMatchObject({ code: 'conflict' });
  }
  await decideClaim(moderator.ctx, { takedown, verdict: 'remove', reason: 'It is copied.' });
  expect(await rowOf(takedown)).toMatchObject({ state: 'removed', post: 'removed' });
});
