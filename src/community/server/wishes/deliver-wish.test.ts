import { expect, test } from 'vitest';
import { readConfig } from '#src/platform/server/config.ts';
import { anonymous } from '#src/platform/server/context.ts';
import { createLog } from '#src/platform/server/log.ts';
import { database } from '#tests/support/context.ts';
import { testMember, theHouse } from '#tests/support/members.ts';
import { wishWords } from '#tests/support/wish-words.ts';
import { enterRelease } from '../offerings/enter-release.ts';
import { offerProduct } from '../offerings/offer-product.ts';
import { getOffering } from '../offerings/queries.ts';
import { reviewOffering } from '../offerings/review-offering.ts';
import { withdrawOffering } from '../offerings/withdraw-offering.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { claimWish } from './claim-wish.ts';
import { deliverReleased } from './deliver-released.job.ts';
import { deliverWish } from './deliver-wish.ts';
import { getWish } from './queries.ts';
import { writeWish } from './write-wish.ts';

const { db } = database;
const house = await theHouse();
const nobody = { ...house, actor: anonymous };
const deliver = () =>
  deliverReleased.run({ db, log: createLog('test', 'silent'), config: readConfig({}) }, {} as never);
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
let count = 0;

async function vendor() {
  const manager = await testMember();
  const name = `Vendor ${(count += 1)}`;
  const { slug } = await createOrganisation(manager.ctx, {
    name,
    kind: 'database-vendor',
    evidence: 'We are it.',
  });
  await decideOrganisation(house, slug, { isVerified: true });
  const { id } = await offerProduct(manager.ctx, {
    organisation: slug,
    name: `Product of ${name}`,
    summary: 'A database.',
    category: 'database',
    licence: 'PostgreSQL',
  });
  return { manager, slug, product: id, show: () => reviewOffering(house, id, { number: 1, reason: null }) };
}
async function newWish() {
  const author = await testMember();
  const { id } = await writeWish(author.ctx, {
    ...wishWords,
    title: `Wish number ${(count += 1)} of ours`,
  });
  return { id, author };
}
const withVersion = (offering: number, version: string) =>
  ({
    kind: 'product',
    title: `Ours ${version}`,
    url: 'https://example.com/ours',
    offering,
    version,
  }) as const;
const stateOf = async (id: number) => (await getWish(nobody, id)).state;

test('a wish that comes with a version of a product is delivered on the day of that version, by itself, and voters are told', async () => {
  const { manager, slug, product, show } = await vendor();
  const { id, author } = await newWish();
  await claimWish(manager.ctx, id, slug, { dueOn: day(20) });
  const wanted = withVersion(product, '3.2');
  await expect(deliverWish(manager.ctx, id, wanted)).rejects.toMatchObject({ code: 'conflict' });
  await show();
  expect((await getWish(manager.ctx, id)).viewer.products).toMatchObject([
    { id: product, organisation: slug },
  ]);
  await deliverWish(manager.ctx, id, wanted);
  await deliver();
  expect(await getWish(nobody, id)).toMatchObject({
    state: 'started',
    delivery: { offering: { id: product }, version: '3.2', organisation: { slug }, releasedOn: null },
  });
  await enterRelease(manager.ctx, product, { version: '3.1', releasedOn: day(-9) });
  await enterRelease(manager.ctx, product, { version: '3.2', releasedOn: day(9) });
  await deliver();
  expect(await getWish(nobody, id)).toMatchObject({ state: 'started', delivery: { releasedOn: day(9) } });
  // It comes sooner than was said.
  await enterRelease(manager.ctx, product, {
    version: '3.2',
    releasedOn: day(0),
    url: 'https://example.com/3.2',
  });
  await deliver();
  await deliver();
  expect(await getWish(nobody, id)).toMatchObject({
    state: 'delivered',
    claims: [{ outcome: 'kept', deliveredOn: day(0) }],
  });
  const told = await db
    .selectFrom('community.notification')
    .select('payload')
    .where('member_id', '=', author.id)
    .where('key', 'like', `wish:${id}:%`)
    .orderBy('id', 'desc')
    .execute();
  expect(told.map(({ payload }) => (payload as { excerpt?: string }).excerpt)).toContain('Ours 3.2');
  await expect(
    enterRelease(manager.ctx, product, { version: '3.2', releasedOn: day(30) }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect((await getOffering(nobody, product)).releases).toEqual([
    { version: '3.2', releasedOn: day(0), url: 'https://example.com/3.2', isOut: true },
    { version: '3.1', releasedOn: day(-9), url: '', isOut: true },
  ]);
});

test('an extension in the list delivers at once when it names no version, or one that is out already, however it is written', async () => {
  const { manager, product, show } = await vendor();
  await show();
  await enterRelease(manager.ctx, product, { version: '2.0-RC1', releasedOn: day(-1) });
  const [one, other] = [await newWish(), await newWish()];
  await deliverWish(house, one.id, { ...withVersion(product, '2.0-rc1'), kind: 'extension' });
  await deliverWish(house, other.id, { ...withVersion(product, ''), kind: 'extension' });
  expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['delivered', 'delivered']);
});

test('only its managers announce versions, and nobody names a product that is not public or not that organisation’s', async () => {
  const { manager, product, show } = await vendor();
  const [other, stranger, { id }] = [await vendor(), await testMember(), await newWish()];
  for (const { ctx } of [stranger, other.manager])
    await expect(enterRelease(ctx, product, { version: '1', releasedOn: day(1) })).rejects.toMatchObject({
      code: 'forbidden',
    });
  await show();
  const named = { ...withVersion(product, '1'), organisation: other.slug };
  await expect(deliverWish(house, id, named)).rejects.toMatchObject({ code: 'conflict' });
  // A claim lets an organisation deliver by its own product, by nobody else's.
  await claimWish(other.manager.ctx, id, other.slug, { dueOn: day(5) });
  await expect(deliverWish(other.manager.ctx, id, withVersion(product, '1'))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await withdrawOffering(manager.ctx, product);
  await expect(deliverWish(house, id, withVersion(product, '1'))).rejects.toMatchObject({ code: 'conflict' });
  for (const wrong of [
    { kind: 'product', title: 'x', url: 'https://example.com', version: '1' },
    { kind: 'postgresql', title: 'x', url: 'https://example.com', pgMajor: 18, offering: product },
  ] as const)
    await expect(deliverWish(house, id, wrong)).rejects.toThrow(/must be empty/);
});
