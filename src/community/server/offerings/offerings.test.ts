import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { confirmOffering } from './confirm-offering.ts';
import { editOffering } from './edit-offering.ts';
import { offerProduct } from './offer-product.ts';
import { offerService } from './offer-service.ts';
import { getOffering, listOffered, listProducts, listServices, listWaitingOfferings } from './queries.ts';
import { reviewOffering } from './review-offering.ts';
import { withdrawOffering } from './withdraw-offering.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

async function newPerson() {
  const ctx = await testContext({ may: [] });
  return { ctx, member: await requireMember(ctx) };
}

async function vendor() {
  const person = await newPerson();
  const name = `Vendor ${randomUUID().slice(0, 8)}`;
  const { slug } = await createOrganisation(person.ctx, { name, kind: 'database-vendor', evidence: 'x' });
  await decideOrganisation(staff, slug, { isVerified: true });
  return { ...person, slug };
}

const product = (name = `Product ${randomUUID().slice(0, 8)}`) => ({
  name,
  summary: 'A database.',
  category: 'database' as const,
  basedOn: '16.4',
  licence: 'PostgreSQL',
});
const service = (more: object = {}) => ({
  name: `Service ${randomUUID().slice(0, 8)}`,
  summary: 'Support day and night.',
  kinds: ['support' as const],
  regions: ['CN'],
  languages: ['zh' as const],
  hours: 'around-the-clock' as const,
  ...more,
});
const approve = (id: number, number = 1) => reviewOffering(staff, id, { number, reason: null });
const productsOf = async (slug: string) => {
  const { id } = await db
    .selectFrom('community.organisation')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  return (await listOffered(nobody, id)).products;
};

test('a vendor’s page lists its products with the version they are based on and the licence, once they were reviewed', async () => {
  const { ctx, slug } = await vendor();
  const { id } = await offerProduct(ctx, { ...product(), organisation: slug });
  expect(await productsOf(slug)).toEqual([]);
  await expect(getOffering(nobody, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await listWaitingOfferings(staff)).map((one) => one.id)).toContain(id);
  await approve(id);
  expect(await productsOf(slug)).toMatchObject([{ id, basedOn: '16.4', licence: 'PostgreSQL' }]);
});

test('an edit is a version of its own: readers see the approved one until the next is approved', async () => {
  const { ctx, slug } = await vendor();
  const first = product();
  const { id } = await offerProduct(ctx, { ...first, organisation: slug });
  await approve(id);
  await editOffering(ctx, id, 'product', { ...first, basedOn: '17' });
  await editOffering(ctx, id, 'product', { ...first, basedOn: '18' });
  expect((await getOffering(nobody, id)).product).toMatchObject({ basedOn: '16.4' });
  await expect(approve(id, 2)).rejects.toMatchObject({ code: 'conflict' });
  await reviewOffering(staff, id, { number: 3, reason: 'Not released yet.' });
  expect((await getOffering(nobody, id)).product).toMatchObject({ basedOn: '16.4' });
  await editOffering(ctx, id, 'product', { ...first, basedOn: '17.1' });
  await approve(id, 4);
  const seen = await getOffering(nobody, id);
  expect(seen.product).toMatchObject({ basedOn: '17.1' });
  expect(seen.revisions.map(({ number }) => number)).toEqual([4, 1]);
  expect((await getOffering(ctx, id)).revisions.map(({ state }) => state)).toEqual([
    'approved',
    'refused',
    'replaced',
    'approved',
  ]);
});

test('nobody reviews what their own organisation offers, and who is no manager changes nothing', async () => {
  const { ctx, slug, member } = await vendor();
  await db.insertInto('community.staff').values({ member_id: member.id, role: 'moderator' }).execute();
  const { id } = await offerProduct(ctx, { ...product(), organisation: slug });
  await expect(reviewOffering(ctx, id, { number: 1, reason: null })).rejects.toMatchObject({
    code: 'conflict',
  });
  const stranger = await newPerson();
  await expect(offerProduct(stranger.ctx, { ...product(), organisation: slug })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(reviewOffering(stranger.ctx, id, { number: 1, reason: null })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await approve(id);
  await expect(withdrawOffering(stranger.ctx, id)).rejects.toMatchObject({ code: 'forbidden' });
});

test('region, language and kind together find only what is approved and fresh', async () => {
  const { ctx, slug } = await vendor();
  const offer = async (more: object, isApproved = true) => {
    const { id } = await offerService(ctx, { ...service(more), organisation: slug });
    if (isApproved) await approve(id);
    return id;
  };
  const fits = await offer({});
  const world = await offer({ regions: ['ZZ'], languages: ['en', 'zh'], kinds: ['training', 'support'] });
  await offer({ regions: ['DE'] });
  await offer({ languages: ['en'] });
  await offer({ kinds: ['training'] });
  await offer({}, false);
  const withdrawn = await offer({});
  await withdrawOffering(ctx, withdrawn);
  const stale = await offer({});
  await db
    .updateTable('community.offering')
    .set({ confirmed_at: sql<Date>`now() - interval '12 months'` })
    .where('id', '=', stale)
    .execute();
  const found = async () =>
    (await listServices(nobody, { region: 'CN', language: 'zh', kind: 'support', limit: 50 })).items
      .map(({ id }) => id)
      .sort();
  expect(await found()).toEqual([fits, world].sort());
  await confirmOffering(ctx, stale);
  await confirmOffering(ctx, withdrawn);
  expect(await found()).toEqual([fits, world, withdrawn, stale].sort());
  const organisationIs = (change: object) =>
    db.updateTable('community.organisation').set(change).where('slug', '=', slug).execute();
  await organisationIs({ confirmed_at: sql<Date>`now() - interval '13 months'` });
  expect(await found()).toEqual([]);
  await organisationIs({ confirmed_at: sql<Date>`now()`, state: 'refused' });
  expect(await found()).toEqual([]);
});

test('a list is read page by page', async () => {
  const { ctx, slug } = await vendor();
  const mark = randomUUID().slice(0, 8);
  for (const name of ['a', 'b', 'c']) {
    const { id } = await offerProduct(ctx, { ...product(`${mark} ${name}`), organisation: slug });
    await approve(id);
  }
  const first = await listProducts(nobody, { limit: 2, q: mark });
  const rest = await listProducts(nobody, { limit: 2, q: mark, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...rest.items].map(({ name }) => name)).toEqual([
    `${mark} a`,
    `${mark} b`,
    `${mark} c`,
  ]);
  expect((await listProducts(nobody, { limit: 2, q: mark, category: 'tool' })).items).toEqual([]);
  expect(rest.nextCursor).toBe(null);
});
