import { expect, test } from 'vitest';
import type { Feed } from '#src/community/contract/feeds.ts';
import { testApi } from '#tests/support/api.ts';
import { database } from '#tests/support/context.ts';
import { community } from '../room.ts';

const api = testApi([community]);
const feedOf = (name: string | number) =>
  api.call(null, 'GET', `/api/community/feeds?about=meetings&name=${name}`);

test('a meeting has a feed of what became of it, from its agenda to its minutes', async () => {
  const { id: committee_id } = await database.db
    .selectFrom('community.committee')
    .select('id')
    .where('slug', '=', 'experts')
    .executeTakeFirstOrThrow();
  const { id } = await database.db
    .insertInto('community.meeting')
    .values({
      committee_id,
      title: 'Spring meeting',
      starts_at: new Date('2026-04-01T08:00:00Z'),
      called_at: new Date('2026-03-01T08:00:00Z'),
      agenda_html: '<p>Who leads?</p>',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const ask = async () => (await (await feedOf(id)).json()) as Feed;
  const called = await ask();
  expect(called).toMatchObject({
    name: 'Spring meeting',
    path: `/meetings/${id}`,
    key: `meetings/${id}`,
  });
  expect(called.entries).toMatchObject([
    {
      key: `meeting/${id}/available`,
      html: '<p>Who leads?</p>',
      excerpt: expect.stringContaining('2026-04-01 08:00'),
      author: { path: '/committees/experts' },
      publishedAt: '2026-03-01T08:00:00.000Z',
    },
  ]);
  await database.db
    .updateTable('community.meeting')
    .set({
      state: 'closed',
      opened_at: new Date('2026-04-01T08:01:00Z'),
      finished_at: new Date('2026-04-01T09:00:00Z'),
      closed_at: new Date('2026-04-02T09:00:00Z'),
      minutes_html: '<p>She does.</p>',
    })
    .where('id', '=', id)
    .execute();
  const { entries } = await ask();
  expect(entries.map(({ key, html }) => [key, html])).toEqual([
    [`meeting/${id}/closed`, '<p>She does.</p>'],
    [`meeting/${id}/finished`, ''],
    [`meeting/${id}/open`, ''],
    [`meeting/${id}/available`, '<p>Who leads?</p>'],
  ]);
  for (const name of [String(id + 1), 'x', '0']) expect((await feedOf(name)).status).toBe(404);
});
