import { beforeEach, expect, test } from 'vitest';
import { somebody, type Somebody, writePost } from '#tests/support/somebody.ts';
import { database, testContext } from '#tests/support/context.ts';
import { decideWriting } from '../moderation/decide-writing.ts';
import { undoAction } from '../moderation/undo-action.ts';
import { getQueue } from '../reviews/queries.ts';
import { getPostSource } from '../questions/queries.ts';
import { getEdit } from './queries.ts';
import { suggestEdit } from './suggest-edit.ts';
import { withdrawEdit } from './withdraw-edit.ts';

await testContext({ may: [] });
let author: Somebody;
let editor: Somebody;
let post = 0;
const [first, second] = [await somebody({}, 'moderator'), await somebody({}, 'moderator')];
beforeEach(async () => {
  author = await somebody();
  editor = await somebody({ reputation: 200 });
  post = await writePost(author);
});
const suggest = (who: Somebody, markdown = 'It waits for a row lock.') =>
  suggestEdit(who.ctx, { post, revision: 1, title: 'Why does my query wait?', markdown });
const decide = (who: Somebody, edit: number, verdict: 'approve' | 'decline' = 'approve') =>
  decideWriting(who.ctx, { subject: `edit:${edit}`, verdict });
const wordsOf = async () =>
  await database.db
    .selectFrom('community.post')
    .select(['markdown', 'revision'])
    .where('id', '=', post)
    .executeTakeFirstOrThrow();

test('at 200 points one suggests, at 199 not; two distinct reviewers take it over, none of them its editor or the author', async () => {
  await expect(suggest(await somebody({ reputation: 199 }))).rejects.toMatchObject({ code: 'conflict' });
  const { edit } = await suggest(editor);
  expect(await decide(first, edit)).toMatchObject({ outcome: 'waiting' });
  expect(await decide(first, edit)).toMatchObject({ outcome: 'waiting' });
  for (const self of [editor, author]) {
    await database.db
      .insertInto('community.staff')
      .values({ member_id: self.member.id, role: 'moderator' })
      .execute();
    await expect(decide(self, edit)).rejects.toMatchObject({ code: 'conflict' });
  }
  expect(await wordsOf()).toMatchObject({ markdown: 'It waits for a lock.' });
  const { items } = await getQueue(second.ctx, second.member.id, 'edits');
  expect(items.find(({ subject }) => subject === `edit:${edit}`)).toMatchObject({
    difference: {
      title: [],
      tags: [],
      markdown: [
        { kind: 'same', text: 'It waits for a ' },
        { kind: 'added', text: 'row ' },
        { kind: 'same', text: 'lock.' },
      ],
    },
    href: `/edits/${edit}`,
    approvals: 1,
    needed: 2,
  });
  const { action } = await decide(second, edit);
  expect(await wordsOf()).toEqual({ markdown: 'It waits for a row lock.', revision: 2 });
  await undoAction(first.ctx, { action: action ?? 0 });
  expect(await wordsOf()).toEqual({ markdown: 'It waits for a lock.', revision: 3 });
});

test('an edit made from other words than stand there is not taken over', async () => {
  const { edit } = await suggest(editor);
  await database.db.updateTable('community.post').set({ revision: 2 }).where('id', '=', post).execute();
  await decide(first, edit);
  await expect(decide(second, edit)).rejects.toMatchObject({ code: 'conflict' });
  expect(await wordsOf()).toMatchObject({ markdown: 'It waits for a lock.' });
  expect(await decide(second, edit, 'decline')).toMatchObject({ outcome: 'declined' });
});

test('one suggestion at a time; taken back, there is room for another', async () => {
  const { edit } = await suggest(editor);
  await expect(suggest(editor, 'Something else.')).rejects.toMatchObject({ code: 'conflict' });
  await expect(withdrawEdit(author.ctx, edit)).rejects.toMatchObject({ code: 'not_found' });
  await withdrawEdit(editor.ctx, edit);
  await suggest(editor, 'Something else.');
  await expect(suggest(author)).rejects.toMatchObject({ code: 'conflict' });
});

test('a suggestion is shown to who made it, whoever wrote the post, and reviewers; to nobody else', async () => {
  const { edit } = await suggest(editor);
  const seen = ({ ctx, member }: Somebody) => getEdit(ctx, member, edit);
  expect(await seen(editor)).toMatchObject({ isMine: true, mayReview: false, state: 'pending' });
  expect(await seen(author)).toMatchObject({ isMine: false, mayReview: false });
  expect(await seen(first)).toMatchObject({ mayReview: true, conflict: null, approvals: 0, needed: 2 });
  await expect(seen(await somebody({ reputation: 5000 }))).rejects.toMatchObject({ code: 'not_found' });
  expect((await getPostSource(editor.ctx, post)).waitingEdit).toBe(edit);
  await database.db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', post).execute();
  await expect(seen(author)).rejects.toMatchObject({ code: 'not_found' });
  expect(await seen(first)).toMatchObject({ state: 'pending' });
});

test('what it changes is laid on the words it was made from, whatever the post says now', async () => {
  const { edit } = await suggestEdit(editor.ctx, {
    post,
    revision: 1,
    title: 'Why does my query wait so long?',
    tags: ['locks'],
    markdown: 'It waits for a lock.',
  });
  await decide(first, edit);
  await decide(second, edit);
  const shown = await getEdit(editor.ctx, editor.member, edit);
  expect(shown).toMatchObject({ state: 'approved', isStale: false });
  expect(shown.difference).toEqual({
    title: [
      { kind: 'same', text: 'Why does my query wait' },
      { kind: 'added', text: ' so long' },
      { kind: 'same', text: '?' },
    ],
    tags: [{ kind: 'added', text: 'locks' }],
    markdown: [{ kind: 'same', text: 'It waits for a lock.' }],
  });
});
