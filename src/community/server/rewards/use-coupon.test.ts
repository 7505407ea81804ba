import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse, type TestMember } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { createVault, setVault } from '#src/platform/server/secrets.ts';
import { praiseWish } from '../wishes/praise-wish.ts';
import { writeWish } from '../wishes/write-wish.ts';
import { cancelRedemption } from './cancel-redemption.ts';
import { createReward } from './create-reward.ts';
import { getShop } from './queries.ts';
import { redeemReward } from './redeem-reward.ts';

setVault(await createVault(await mkdtemp(join(tmpdir(), 'vault-'))));
const { db } = database;
const house = await theHouse();
const address = '王小明, 13800000000, 杭州市西湖区文三路 1 号';
const reward = (price: number, kind: 'goods' | 'digital' = 'goods') =>
  createReward(house, {
    kind,
    name: { en: 'Shirt', 'zh-CN': '文化衫' },
    about: { en: 'With an elephant.', 'zh-CN': '印有小象。' },
    price,
    stock: 9,
    valueMinor: 5000,
  });
const couponsOf = async ({ ctx }: TestMember) => (await getShop(ctx)).coupons;
const pointsOf = async ({ ctx }: TestMember) => (await getShop(ctx)).points ?? 0;
const ledgerOf = async ({ id }: TestMember) => {
  const rows = await db
    .selectFrom('community.point_entry')
    .select(['cause', 'spendable'])
    .where('member_id', '=', id)
    .where('cause', 'in', ['coupon', 'redeemed'])
    .orderBy('id')
    .execute();
  return rows.map(({ cause, spendable }) => [cause, spendable]);
};
async function praised() {
  const author = await testMember({ reputation: 40 });
  const { id } = await writeWish(author.ctx, {
    ...wishWords,
  });
  await Promise.all([praiseWish(house, id, true), praiseWish(house, id, true)]);
  const [coupon, ...more] = await couponsOf(author);
  expect(more).toEqual([]);
  return { author, wish: id, coupon: coupon! };
}

test('an excellent wish brings a coupon; it pays for goods, stands in the ledger, and comes back when they are cancelled', async () => {
  const { author, coupon } = await praised();
  expect(coupon.worth).toBe(100);
  const before = await pointsOf(author);
  const { id: shirt } = await reward(130);
  const { id } = await redeemReward(author.ctx, { reward: shirt, address, coupon: coupon.id });
  expect(await pointsOf(author)).toBe(before - 30);
  expect(await couponsOf(author)).toEqual([]);
  expect(await ledgerOf(author)).toEqual([
    ['coupon', 100],
    ['redeemed', -130],
  ]);
  await expect(redeemReward(author.ctx, { reward: shirt, address, coupon: coupon.id })).rejects.toMatchObject(
    { code: 'conflict' },
  );
  await cancelRedemption(author.ctx, id);
  expect(await pointsOf(author)).toBe(before);
  expect(await couponsOf(author)).toEqual([coupon]);
  // Once more, for less than it is worth: the rest is gone, and no points are taken.
  await redeemReward(author.ctx, { reward: (await reward(60)).id, address, coupon: coupon.id });
  expect(await pointsOf(author)).toBe(before);
});

test('a coupon is its owner’s, once, for goods, and with what it leaves to pay', async () => {
  const { author, coupon } = await praised();
  const stranger = await testMember({ reputation: 500 });
  const [goods, dear, digital] = [await reward(50), await reward(10_000), await reward(50, 'digital')];
  const pay = ({ ctx }: TestMember, { id }: { id: number }) =>
    redeemReward(ctx, { reward: id, address, coupon: coupon.id });
  for (const [member, one] of [
    [stranger, goods],
    [author, digital],
    [author, dear],
  ] as const)
    await expect(pay(member, one)).rejects.toMatchObject({ code: 'conflict' });
  expect(await couponsOf(author)).toEqual([coupon]);
  const got = await Promise.allSettled(Array.from({ length: 5 }, () => pay(author, goods)));
  expect(got.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('praise that is taken back takes an unused coupon with it, and brings it again; a used one stays used', async () => {
  const { author, wish, coupon } = await praised();
  await praiseWish(house, wish, false);
  expect(await couponsOf(author)).toEqual([]);
  await praiseWish(house, wish, true);
  expect(await couponsOf(author)).toEqual([coupon]);
  await redeemReward(author.ctx, { reward: (await reward(50)).id, address, coupon: coupon.id });
  await praiseWish(house, wish, false);
  await praiseWish(house, wish, true);
  expect(await couponsOf(author)).toEqual([]);
});
