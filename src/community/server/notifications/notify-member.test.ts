import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { notifyMember, type Notice } from './notify-member.ts';

const ctx = await testContext({ may: [] });
const me = await requireMember(ctx);
const other = await requireMember(await testContext({ may: [] }));

const tell = (notice: Partial<Notice> = {}) =>
  inTransaction(ctx, (tx) =>
    notifyMember(tx, {
      memberId: me.id,
      kind: 'answer',
      key: `answer:${Math.random()}`,
      actorId: other.id,
      payload: { href: '/questions/1', title: 'Why?' },
      ...notice,
    }),
  );
const rowOf = (key: string) =>
  database.db
    .selectFrom('community.notification')
    .selectAll()
    .where('member_id', '=', me.id)
    .where('key', '=', key)
    .execute();

test('the same event told by many at once is told once, to each member', async () => {
  const told = await Promise.all(Array.from({ length: 20 }, () => tell({ key: 'answer:1' })));
  expect(told.filter(Boolean)).toHaveLength(1);
  expect(await rowOf('answer:1')).toHaveLength(1);
  expect(await tell({ key: 'answer:1', memberId: other.id, actorId: me.id })).toBe(true);
});

test('nobody is told of what they did, and nobody who left', async () => {
  expect(await tell({ actorId: me.id })).toBe(false);
  const gone = await requireMember(await testContext({ may: [] }));
  await database.db
    .updateTable('community.member')
    .set({ erased_at: new Date() })
    .where('id', '=', gone.id)
    .execute();
  expect(await tell({ memberId: gone.id })).toBe(false);
});

test('nobody hears of somebody they blocked, and others do', async () => {
  const quarrel = await requireMember(await testContext({ may: [] }));
  await database.db
    .insertInto('community.block')
    .values({ member_id: me.id, blocked_id: quarrel.id })
    .execute();
  expect(await tell({ actorId: quarrel.id })).toBe(false);
  expect(await tell({ actorId: quarrel.id, memberId: other.id })).toBe(true);
});

test('the ways are those the member chose, or the usual ones of its kind', async () => {
  await tell({ key: 'usual' });
  expect(await rowOf('usual')).toMatchObject([{ in_page: true, mail: 'now', push: false }]);
  await tell({ key: 'votes', kind: 'vote-milestone' });
  expect(await rowOf('votes')).toMatchObject([{ in_page: true, mail: 'off' }]);
  await database.db
    .insertInto('community.notification_preference')
    .values({ member_id: me.id, kind: 'answer', in_page: false, mail: 'digest', push: false })
    .execute();
  await tell({ key: 'chosen' });
  expect(await rowOf('chosen')).toMatchObject([{ in_page: false, mail: 'digest', push: false }]);
});
