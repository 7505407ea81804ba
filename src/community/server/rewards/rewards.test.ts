import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { testMember, type TestMember } from '#tests/support/members.ts';
import { withoutLocks } from '#tests/support/without-locks.ts';
import { readConfig } from '#src/platform/server/config.ts';
import { inTransaction } from '#src/platform/server/context.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { advanceRedemption } from './advance-redemption.ts';
import { cancelRedemption } from './cancel-redemption.ts';
import { changeReward } from './change-reward.ts';
import { createReward } from './create-reward.ts';
import { finishRedemptions } from './finish-redemptions.job.ts';
import { forgetAddresses } from './forget-addresses.ts';
import { getShop, listOwnRedemptions, listRedemptions } from './queries.ts';
import { redeemReward } from './redeem-reward.ts';
import { isTaxable } from './rules.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'vault-'))));
const { db } = database;
const staff = await testContext({ may: ['*'] });
const crowd = createDb(createPool(database.url, 24));
afterAll(() => crowd.destroy());
const among = (member: TestMember): TestMember => ({ ...member, ctx: { ...member.ctx, db: crowd } });

const shirt = (stock: number, more: object = {}) =>
  createReward(staff, {
    kind: 'goods',
    name: { en: 'Shirt', 'zh-CN': '文化衫' },
    about: { en: 'With an elephant.', 'zh-CN': '印有小象。' },
    price: 30,
    stock,
    valueMinor: 5000,
    ...more,
  });
const address = '王小明, 13800000000, 杭州市西湖区文三路 1 号';
const stockOf = async (id: number) =>
  (await db.selectFrom('community.reward').select('stock').where('id', '=', id).executeTakeFirstOrThrow())
    .stock;
const standingOf = async ({ id }: TestMember) => {
  const { reputation, points } = await db
    .selectFrom('community.member')
    .select(['reputation', 'points'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return [reputation, points];
};
const handled = (view: 'open' | 'all' | 'taxable' = 'all') => listRedemptions(staff, { view, limit: 200 });
const ended = (id: string) =>
  db.selectFrom('community.redemption').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('of two hundred who want the last seven, seven get one, and nobody spends what they have not', async () => {
  const { id } = await shirt(7);
  const members: TestMember[] = [];
  for (let i = 0; i < 20; i++) members.push(among(await testMember({ reputation: 70 })));
  const got = await Promise.allSettled(
    Array.from({ length: 200 }, (_, at) => redeemReward(members[at % 20]!.ctx, { reward: id, address })),
  );
  expect(got.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  expect(await stockOf(id)).toBe(0);
  for (const member of members) expect((await standingOf(member))[1]).toBeGreaterThanOrEqual(10);
});

test('negative control: without the locks more are given than there are', async () => {
  let given = 0;
  for (let round = 0; round < 20 && given <= 1; round++) {
    const { id } = await shirt(1);
    const members: TestMember[] = [];
    for (let i = 0; i < 8; i++) members.push(among(await testMember({ reputation: 100 })));
    const got = await Promise.allSettled(
      members.map(({ ctx }) => redeemReward(withoutLocks(ctx), { reward: id, address })),
    );
    given = got.filter(({ status }) => status === 'fulfilled').length;
  }
  expect(given).toBeGreaterThan(1);
});

test('redeeming takes points and never the reputation; cancelled before it is sent, both come back, once', async () => {
  const member = await testMember({ reputation: 100 });
  const { id } = await shirt(3);
  await expect(redeemReward(member.ctx, { reward: id })).rejects.toMatchObject({ code: 'conflict' });
  const redemption = await redeemReward(member.ctx, { reward: id, address });
  expect(await standingOf(member)).toEqual([100, 70]);
  expect(await stockOf(id)).toBe(2);
  await expect(cancelRedemption((await testMember()).ctx, redemption.id)).rejects.toMatchObject({
    code: 'not_found',
  });
  const cancelled = await Promise.allSettled(
    Array.from({ length: 10 }, () => cancelRedemption(among(member).ctx, redemption.id)),
  );
  expect(cancelled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await standingOf(member)).toEqual([100, 100]);
  expect(await stockOf(id)).toBe(3);
  expect(await listOwnRedemptions(member.ctx)).toMatchObject([{ reward: 'Shirt', state: 'cancelled' }]);
});

test('an address is unreadable in the database, seen by who sends it, and gone when it has arrived', async () => {
  const member = await testMember({ reputation: 100 });
  const { id } = await shirt(3);
  const redemption = await redeemReward(member.ctx, { reward: id, address });
  const sealed = (await ended(redemption.id)).address_sealed!;
  expect(Buffer.from(sealed).toString('utf8')).not.toContain('王小明');
  await expect(listRedemptions(member.ctx, { view: 'all', limit: 10 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const seen = async () => (await handled()).items.find((one) => one.id === redemption.id)?.address;
  expect(await seen()).toBe(address);
  await advanceRedemption(staff, redemption.id, { state: 'sent', note: 'SF123' });
  await expect(cancelRedemption(member.ctx, redemption.id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await seen()).toBe(address);
  await advanceRedemption(staff, redemption.id, { state: 'delivered' });
  expect(await seen()).toBeNull();
  expect((await ended(redemption.id)).address_sealed).toBeNull();
  await expect(
    db
      .updateTable('community.redemption')
      .set({ address_sealed: sealed })
      .where('id', '=', redemption.id)
      .execute(),
  ).rejects.toThrow(/check/);
  await expect(advanceRedemption(staff, redemption.id, { state: 'cancelled' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const told = await db
    .selectFrom('community.notification')
    .select('payload')
    .where('member_id', '=', member.id)
    .where('kind', '=', 'reward')
    .execute();
  expect(told).toHaveLength(2);
});

test('what was sent a month ago counts as delivered, and its address goes; staff return points of what is lost', async () => {
  const member = await testMember({ reputation: 100 });
  const { id } = await shirt(3);
  const [old, lost] = [
    await redeemReward(member.ctx, { reward: id, address }),
    await redeemReward(member.ctx, { reward: id, address }),
  ];
  for (const one of [old, lost]) await advanceRedemption(staff, one.id, { state: 'sent' });
  await db
    .updateTable('community.redemption')
    .set({ sent_at: new Date(Date.now() - 31 * 24 * 3600_000) })
    .where('id', '=', old.id)
    .execute();
  await finishRedemptions.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
  expect(await ended(old.id)).toMatchObject({ state: 'delivered', address_sealed: null });
  expect(await ended(lost.id)).toMatchObject({ state: 'sent' });
  await advanceRedemption(staff, lost.id, { state: 'cancelled' });
  expect(await standingOf(member)).toEqual([100, 70]);
});

test('goods above the threshold are flagged for the tax, for good', async () => {
  expect([
    isTaxable('goods', 79_999, 80_000),
    isTaxable('goods', 80_000, 80_000),
    isTaxable('digital', 90_000, 80_000),
  ]).toEqual([false, true, false]);
  const member = await testMember({ reputation: 100 });
  const { id } = await shirt(3, { valueMinor: 88_000 });
  const redemption = await redeemReward(member.ctx, { reward: id, address });
  await advanceRedemption(staff, redemption.id, { state: 'delivered' });
  const { items } = await handled('taxable');
  expect(items).toMatchObject([{ id: redemption.id, isTaxable: true, valueMinor: 88_000 }]);
});

test('who leaves gets nothing sent any more, and leaves no address', async () => {
  const member = await testMember({ reputation: 100 });
  const { id } = await shirt(3);
  const [waits, sent] = [
    await redeemReward(member.ctx, { reward: id, address }),
    await redeemReward(member.ctx, { reward: id, address }),
  ];
  await advanceRedemption(staff, sent.id, { state: 'sent' });
  await inTransaction(staff, (tx) => forgetAddresses(tx, member.id));
  expect(await ended(waits.id)).toMatchObject({ state: 'cancelled', address_sealed: null });
  expect(await ended(sent.id)).toMatchObject({ state: 'delivered', address_sealed: null });
});

test('only staff add and change rewards; stock never falls below nothing; what is hidden is redeemed by nobody', async () => {
  const member = await testMember({ reputation: 100 });
  await expect(
    createReward(member.ctx, {
      kind: 'digital',
      name: { en: 'Code', 'zh-CN': '码' },
      about: { en: 'A code.', 'zh-CN': '码。' },
      price: 1,
      stock: 1,
      valueMinor: 0,
    }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await shirt(2);
  await expect(changeReward(staff, id, { price: 30, addStock: -3, isListed: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  await changeReward(staff, id, { price: 101, addStock: -1, isListed: true });
  await expect(redeemReward(member.ctx, { reward: id, address })).rejects.toMatchObject({
    text: { en: expect.stringContaining('101') },
  });
  expect(await stockOf(id)).toBe(1);
  await changeReward(staff, id, { price: 10, addStock: 0, isListed: false });
  await expect(redeemReward(member.ctx, { reward: id, address })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect((await getShop(member.ctx)).rewards.map((one) => one.id)).not.toContain(id);
  expect((await getShop(staff)).rewards.map((one) => one.id)).toContain(id);
});
