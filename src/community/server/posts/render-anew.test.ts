import { beforeEach, expect, test } from 'vitest';
import { readConfig } from '#src/platform/server/config.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, testPost } from '#tests/support/members.ts';
import { writeComment } from '../comments/write-comment.ts';
import { renderedAs } from '../markdown/render-markdown.ts';
import { keepSetting } from '../settings/keep-setting.ts';
import { findSetting } from '../settings/queries.ts';
import { renderAnew, RenderedSoFar } from './render-anew.job.ts';

const { db } = database;
const author = await testMember();
const run = () =>
  renderAnew.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const postOf = (id: number) =>
  db
    .selectFrom('community.post')
    .select(['html', 'excerpt', 'rendered_as', 'revision', 'edited_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
/** As an older renderer left it. */
const age = (id: number) =>
  db
    .updateTable('community.post')
    .set({ html: '<p>As it was.</p>', excerpt: 'As it was.', rendered_as: renderedAs - 1 })
    .where('id', '=', id)
    .execute();
beforeEach(() => keepSetting(db, 'rendered', { version: renderedAs - 1 }));

test('what an older renderer wrote is written again and is the same revision; what is of today is left alone', async () => {
  const [old, hidden, current] = [
    await testPost(author, { kind: 'question', markdown: 'Why *now*?' }),
    await testPost(author, { kind: 'article', markdown: 'Not seen.' }),
    await testPost(author, { kind: 'article', markdown: 'Words.' }),
  ];
  await age(old);
  await age(hidden);
  await db.updateTable('community.post').set({ state: 'hidden' }).where('id', '=', hidden).execute();
  await db
    .updateTable('community.post')
    .set({ html: '<p>Left alone.</p>' })
    .where('id', '=', current)
    .execute();
  const { id: comment } = await writeComment(author.ctx, { post: old, markdown: 'Because *of* that.' });
  await db
    .updateTable('community.comment')
    .set({ html: '<p>As it was.</p>' })
    .where('id', '=', comment)
    .execute();

  await run();
  expect(await postOf(old)).toEqual({
    html: '<p>Why <em>now</em>?</p>\n',
    excerpt: 'Why now?',
    rendered_as: renderedAs,
    revision: 1,
    edited_at: null,
  });
  expect((await postOf(hidden)).html).toBe('<p>Not seen.</p>\n');
  expect((await postOf(current)).html).toBe('<p>Left alone.</p>');
  const { html } = await db
    .selectFrom('community.comment')
    .select('html')
    .where('id', '=', comment)
    .executeTakeFirstOrThrow();
  expect(html).toBe('<p>Because <em>of</em> that.</p>\n');
  expect(await findSetting(db, 'rendered', RenderedSoFar)).toMatchObject({
    version: renderedAs,
    isDone: true,
  });
});

test('a run goes on where the last one ended, and once all is done nothing is looked at', async () => {
  const [before, after] = [
    await testPost(author, { kind: 'article', markdown: 'Before.' }),
    await testPost(author, { kind: 'article', markdown: 'After.' }),
  ];
  await age(before);
  await age(after);
  await keepSetting(db, 'rendered', { version: renderedAs, post: before });
  await run();
  expect([(await postOf(before)).rendered_as, (await postOf(after)).rendered_as]).toEqual([
    renderedAs - 1,
    renderedAs,
  ]);
  await age(after);
  await run();
  expect((await postOf(after)).rendered_as).toBe(renderedAs - 1);
});
