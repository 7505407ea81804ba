import { expect, test } from 'vitest';
import { type Privilege, Privileges, ReputationTerms } from '#src/community/contract/privileges.ts';
import { type TestMember, testMember, testPost, theHouse } from '#tests/support/members.ts';
import { offerBounty } from '../bounties/offer-bounty.ts';
import { writeComment } from '../comments/write-comment.ts';
import { suggestEdit } from '../edits/suggest-edit.ts';
import { askQuestion } from '../questions/ask-question.ts';
import { closeQuestion } from '../questions/close-question.ts';
import { editPost } from '../questions/edit-post.ts';
import { inviteExpert } from '../questions/invite-expert.ts';
import { castVote } from '../votes/cast-vote.ts';
import { changeTerms } from './change-terms.ts';

const house = await theHouse();
const names = Object.keys(Privileges.shape) as Privilege[];
const usual = Privileges.parse({});

/** What each privilege is for, done by a member to somebody else's question or answer. */
const acts: Record<Privilege, ({ ctx }: TestMember, question: number, answer: number) => Promise<unknown>> = {
  voteUp: ({ ctx }, _, answer) => castVote(ctx, answer, { value: 1 }),
  voteDown: ({ ctx }, _, answer) => castVote(ctx, answer, { value: -1 }),
  comment: ({ ctx }, _, answer) => writeComment(ctx, { post: answer, markdown: 'Which version is it?' }),
  offerBounty: ({ ctx }, question) => offerBounty(ctx, { question, amount: 50 }),
  edit: ({ ctx }, _, answer) =>
    suggestEdit(ctx, { post: answer, revision: 1, markdown: 'Better words.', note: 'Clearer' }),
  invite: async ({ ctx }, question) => inviteExpert(ctx, question, { handle: (await testMember()).handle }),
  createTag: ({ ctx }) =>
    askQuestion(ctx, {
      title: 'How does this work here?',
      markdown: 'It does something else.',
      tags: [`new-${crypto.randomUUID().slice(0, 8)}`],
      locale: 'en',
    }),
  editUnreviewed: ({ ctx }, _, answer) =>
    editPost(ctx, answer, { markdown: 'Better words.', revision: 1, note: 'Clearer' }),
  close: ({ ctx }, question) => closeQuestion(ctx, question, { reason: 'unclear' }),
};

test('the amounts that nobody changed are those of the field', () => {
  expect(usual).toEqual({
    voteUp: 15,
    comment: 50,
    offerBounty: 75,
    voteDown: 125,
    edit: 200,
    invite: 1000,
    createTag: 1500,
    editUnreviewed: 2000,
    close: 3000,
  });
});

test.each([
  ['as nobody changed it', 0],
  ['as a community changed it', 7],
])('each privilege is had at its reputation, and not one below: %s', async (_, more) => {
  const privileges = Privileges.parse(Object.fromEntries(names.map((name) => [name, usual[name] + more])));
  await changeTerms(house, ReputationTerms.parse({ privileges, questions: {} }));
  const found: Record<string, unknown> = {};
  for (const name of names) {
    const author = await testMember();
    const question = await testPost(author, { kind: 'question' });
    const answer = await testPost(author, { kind: 'answer', parentId: question });
    const outcomeAt = async (reputation: number) =>
      acts[name](await testMember({ reputation }), question, answer).then(
        () => 'may',
        (error: { code?: string; text?: { en: string } }) => `${error.code}: ${error.text?.en}`,
      );
    const needed = privileges[name];
    found[name] = [needed - 1, await outcomeAt(needed - 1), needed, await outcomeAt(needed)];
  }
  expect(found).toEqual(
    Object.fromEntries(
      names.map((name) => [
        name,
        [
          privileges[name] - 1,
          expect.stringMatching(new RegExp(`^conflict: .* a reputation of ${privileges[name]}[.;]`)),
          privileges[name],
          'may',
        ],
      ]),
    ),
  );
});
