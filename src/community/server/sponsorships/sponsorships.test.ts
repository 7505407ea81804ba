import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import type { OrganisationKind } from '#src/community/contract/organisations.ts';
import { anonymous, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { enterSponsorship } from './enter-sponsorship.ts';
import { getSponsorPage, listSponsors } from './queries.ts';
import { reverseSponsorship } from './reverse-sponsorship.ts';

const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };
const year = new Date().getUTCFullYear();

async function sponsor(kind: OrganisationKind = 'end-user') {
  const ctx = await testContext({ may: [] });
  await requireMember(ctx);
  const name = `Sponsor ${randomUUID().slice(0, 8)}`;
  const { slug } = await createOrganisation(ctx, { name, kind, evidence: 'x' });
  await decideOrganisation(staff, slug, { isVerified: true });
  return { ctx, slug, name };
}
const pay = (slug: string, inYear: number, amountMinor: number, more: object = {}) =>
  enterSponsorship(staff, slug, {
    year: inYear,
    amountMinor,
    currency: 'CNY',
    paidOn: `${Math.min(inYear, year)}-01-15`,
    ...more,
  });

test('the level follows the unbroken run, is seen by everybody, and its amounts by those concerned', async () => {
  const { ctx, slug } = await sponsor();
  for (const one of [year - 5, year - 3, year - 2, year - 1]) await pay(slug, one, 2_000_000);
  const seen = await getSponsorPage(nobody, slug);
  expect(seen).toMatchObject({
    level: { name: 'Silver member', from: year - 3, until: year - 1 },
    totalMinor: null,
    missingMinor: null,
    payments: [],
    mayEnter: false,
  });
  expect(await getSponsorPage(ctx, slug)).toMatchObject({ totalMinor: 6_000_000, missingMinor: 14_000_000 });
  const { payments } = await getSponsorPage(staff, slug);
  expect(payments).toHaveLength(4);
  // Taken back in the middle, the run begins after it.
  await reverseSponsorship(staff, slug, payments.find((one) => one.year === year - 2)!.id);
  expect(await getSponsorPage(ctx, slug)).toMatchObject({
    level: { name: 'Bronze member', from: year - 1, until: year - 1 },
    totalMinor: 2_000_000,
  });
});

test('another currency counts at what it was worth on its day, whatever comes later', async () => {
  const { ctx, slug } = await sponsor();
  await expect(pay(slug, year, 100_000, { currency: 'USD' })).rejects.toMatchObject({ code: 'conflict' });
  await expect(pay(slug, year, 100_000, { countedMinor: 5 })).rejects.toMatchObject({ code: 'conflict' });
  await pay(slug, year, 200_000, { currency: 'USD', countedMinor: 1_440_000 });
  expect(await getSponsorPage(ctx, slug)).toMatchObject({
    totalMinor: 1_440_000,
    payments: [{ amountMinor: 200_000, currency: 'USD', countedMinor: 1_440_000, countedIn: 'CNY' }],
  });
});

test('only staff enter, entries are never changed, and taken back once, however many ask at once', async () => {
  const { ctx, slug } = await sponsor();
  await expect(
    enterSponsorship(ctx, slug, { year, amountMinor: 1, currency: 'CNY', paidOn: `${year}-01-01` }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await pay(slug, year, 1_000_000);
  await expect(
    database.db.updateTable('community.sponsorship').set({ counted_minor: 9 }).where('id', '=', id).execute(),
  ).rejects.toThrow(/never changed/);
  const all = await Promise.allSettled(Array.from({ length: 10 }, () => reverseSponsorship(staff, slug, id)));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await getSponsorPage(ctx, slug)).toMatchObject({ level: null, totalMinor: 0 });
  const { slug: other } = await sponsor();
  await expect(reverseSponsorship(staff, other, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('everybody reads who sponsors and what came in by source, equal to the rows, and nobody what one of few paid', async () => {
  const inYear = 2004;
  const vendors = [
    await sponsor('cloud-vendor'),
    await sponsor('cloud-vendor'),
    await sponsor('cloud-vendor'),
  ];
  for (const [n, { slug }] of vendors.entries()) await pay(slug, inYear, 100_000 + n);
  const [user, media, university] = [
    await sponsor(),
    await sponsor('media-partner'),
    await sponsor('university'),
  ];
  const incomeOf = async () => (await listSponsors(nobody)).income.find((one) => one.year === inYear)!;
  await pay(user.slug, inYear, 7_000);
  // One more of another kind would be told apart from the three.
  expect(await incomeOf()).toMatchObject({ sponsors: 4, sources: [{ kind: 'other', sponsors: 4 }] });
  await pay(media.slug, inYear, 900, { currency: 'USD', countedMinor: 6_500 });
  await pay(university.slug, inYear, 4_000);
  const mistake = await pay(university.slug, inYear, 9_000_000);
  await reverseSponsorship(staff, university.slug, mistake.id);
  const { rows } = await sql<{ minor: number }>`select sum(counted_minor)::int8 as minor
    from community.sponsorship s where year = ${inYear} and reverses is null
      and not exists (select from community.sponsorship r where r.reverses = s.id)`.execute(staff.db);
  const income = await incomeOf();
  expect(income).toEqual({
    year: inYear,
    currency: 'CNY',
    sponsors: 6,
    totalMinor: rows[0]?.minor,
    sources: [
      { kind: 'cloud-vendor', sponsors: 3, minor: 300_003 },
      { kind: 'other', sponsors: 3, minor: 17_500 },
    ],
  });
  // Two may not read from a sum what the other paid.
  for (const { slug } of vendors.slice(0, 2)) await pay(slug, 2005, 100_000);
  const withheld = (await listSponsors(nobody)).income.find((one) => one.year === 2005);
  expect(withheld).toMatchObject({ sponsors: 2, totalMinor: null, sources: [] });

  const isListed = async ({ slug }: { slug: string }) =>
    (await listSponsors(nobody)).sponsors.find((one) => one.slug === slug);
  expect(await isListed(user)).toBeUndefined();
  const { id } = await pay(user.slug, year, 2_000_000);
  expect(await isListed(user)).toEqual({
    slug: user.slug,
    name: user.name,
    kind: 'end-user',
    level: 'Bronze member',
    from: year,
    until: year,
  });
  await reverseSponsorship(staff, user.slug, id);
  expect(await isListed(user)).toBeUndefined();
});
