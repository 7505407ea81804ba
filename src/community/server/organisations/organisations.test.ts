import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import type { JobContext } from '#src/platform/server/jobs.ts';
import { requireMember } from '../members/require-member.ts';
import { addManager } from './add-manager.ts';
import { confirmOrganisation } from './confirm-organisation.ts';
import { createOrganisation } from './create-organisation.ts';
import { decideOrganisation } from './decide-organisation.ts';
import { flagOrganisations } from './flag-organisations.job.ts';
import { editOrganisation } from './edit-organisation.ts';
import { getOrganisation, listOrganisations, listRevisions, listWaiting } from './queries.ts';
import { removeManager } from './remove-manager.ts';
import { restoreRevision } from './restore-revision.ts';
import { isStale, slugFrom } from './rules.ts';

// The oldest organisation of an installation is the one that runs it.
const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

const wish = (name = `Acme ${randomUUID().slice(0, 8)}`) => ({
  name,
  kind: 'database-vendor' as const,
  evidence: 'https://acme.example.com/imprint',
});

async function newPerson() {
  const ctx = await testContext({ may: [] });
  return { ctx, ...(await requireMember(ctx)) };
}

async function verified() {
  const person = await newPerson();
  const { slug } = await createOrganisation(person.ctx, wish());
  await decideOrganisation(staff, slug, { isVerified: true });
  return { person, slug };
}

const slugsOf = async (ctx: Context, q?: string) =>
  (await listOrganisations(ctx, { limit: 200, ...(q !== undefined && { q }) })).items.map(({ slug }) => slug);

test('an organisation is public from the moment it is verified, never before', async () => {
  const { ctx } = await newPerson();
  const { slug } = await createOrganisation(ctx, wish());
  const stranger = await newPerson();
  for (const other of [nobody, stranger.ctx]) {
    await expect(getOrganisation(other, slug)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listRevisions(other, slug)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(
    editOrganisation(stranger.ctx, slug, { ...wish(), website: '', country: '', about: '' }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect(await getOrganisation(ctx, slug)).toMatchObject({ state: 'pending', viewer: { isManager: true } });
  expect(await slugsOf(nobody)).not.toContain(slug);
  expect((await listWaiting(staff)).map((one) => one.slug)).toContain(slug);
  await decideOrganisation(staff, slug, { isVerified: true });
  const seen = await getOrganisation(nobody, slug);
  expect(seen).toMatchObject({ state: 'verified', evidence: null, viewer: { isManager: false } });
  expect(await slugsOf(nobody)).toContain(slug);
  await expect(decideOrganisation(staff, slug, { isVerified: true })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('nobody verifies their own: neither a manager nor somebody who works there', async () => {
  const own = await newPerson();
  await database.db.insertInto('community.staff').values({ member_id: own.id, role: 'moderator' }).execute();
  const { slug } = await createOrganisation(own.ctx, wish());
  await expect(decideOrganisation(own.ctx, slug, { isVerified: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  const employee = await newPerson();
  await database.db
    .insertInto('community.staff')
    .values({ member_id: employee.id, role: 'moderator' })
    .execute();
  await sql`insert into community.employment (member_id, organisation_id, period)
    select ${employee.id}, id, daterange(current_date - 1, null) from community.organisation where slug = ${slug}`.execute(
    database.db,
  );
  await expect(decideOrganisation(employee.ctx, slug, { isVerified: true })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect((await getOrganisation(own.ctx, slug)).state).toBe('pending');
});

test('who is refused reads why, says it better, and is looked at again', async () => {
  const { ctx } = await newPerson();
  const { slug } = await createOrganisation(ctx, wish());
  await decideOrganisation(staff, slug, { isVerified: false, reason: 'No imprint.' });
  expect(await getOrganisation(ctx, slug)).toMatchObject({ state: 'refused', refusedReason: 'No imprint.' });
  await expect(getOrganisation(nobody, slug)).rejects.toMatchObject({ code: 'not_found' });
  await editOrganisation(ctx, slug, {
    ...wish(),
    website: 'https://acme.example.com',
    country: 'CN',
    about: 'Hello',
  });
  expect(await getOrganisation(ctx, slug)).toMatchObject({ state: 'pending', country: 'CN' });
});

test('members without a seat decide nothing', async () => {
  const { ctx } = await newPerson();
  const { slug } = await createOrganisation(ctx, wish());
  const other = await newPerson();
  await expect(decideOrganisation(other.ctx, slug, { isVerified: true })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a member brings at most three that wait, however many requests come at once', async () => {
  const { ctx } = await newPerson();
  const made = await Promise.allSettled(Array.from({ length: 6 }, () => createOrganisation(ctx, wish())));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
});

test('of two managers who leave at once one stays', async () => {
  const { person, slug } = await verified();
  const second = await newPerson();
  await addManager(person.ctx, slug, second.handle);
  await addManager(person.ctx, slug, second.handle);
  const left = await Promise.allSettled([
    removeManager(person.ctx, slug, person.handle),
    removeManager(second.ctx, slug, second.handle),
  ]);
  expect(left.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await getOrganisation(nobody, slug)).managers).toHaveLength(1);
});

test('only managers edit; each edit is a revision, and an earlier one can be the newest again', async () => {
  const { person, slug } = await verified();
  const stranger = await newPerson();
  const page = { ...wish('Acme'), website: '', country: '', about: 'First **words**' };
  await expect(editOrganisation(stranger.ctx, slug, page)).rejects.toMatchObject({ code: 'forbidden' });
  await editOrganisation(person.ctx, slug, page);
  await editOrganisation(person.ctx, slug, { ...page, about: '<script>alert(1)</script>' });
  expect((await getOrganisation(nobody, slug)).aboutHtml).not.toContain('script');
  await expect(restoreRevision(stranger.ctx, slug, 2)).rejects.toMatchObject({ code: 'forbidden' });
  const back = await restoreRevision(staff, slug, 2);
  expect(back).toMatchObject({ about: 'First **words**', revision: 4 });
  expect((await listRevisions(nobody, slug)).map(({ number }) => number)).toEqual([4, 3, 2, 1]);
});

test('a page that nobody confirmed for twelve months leaves the list, and one click brings it back', async () => {
  const { person, slug } = await verified();
  await database.db
    .updateTable('community.organisation')
    .set({ confirmed_at: sql<Date>`now() - interval '12 months'` })
    .where('slug', '=', slug)
    .execute();
  expect(await slugsOf(nobody)).not.toContain(slug);
  expect(await getOrganisation(nobody, slug)).toMatchObject({ isStale: true });
  await expect(confirmOrganisation((await newPerson()).ctx, slug)).rejects.toMatchObject({
    code: 'forbidden',
  });
  await confirmOrganisation(person.ctx, slug);
  expect(await slugsOf(nobody)).toContain(slug);
});

test('managers hear of it once, and again a year after they confirmed', async () => {
  const { person, slug } = await verified();
  const heard = async () => {
    await flagOrganisations.run({ db: database.db } as JobContext, {} as never);
    const { count } = await database.db
      .selectFrom('community.notification')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('member_id', '=', person.id)
      .where('kind', '=', 'organisation-stale')
      .executeTakeFirstOrThrow();
    return count;
  };
  const grow = (months: number) =>
    database.db
      .updateTable('community.organisation')
      .set({ confirmed_at: sql<Date>`now() - make_interval(months => ${months})` })
      .where('slug', '=', slug)
      .execute();
  await grow(11);
  expect(await heard()).toBe(0);
  await grow(12);
  expect([await heard(), await heard()]).toEqual([1, 1]);
  await confirmOrganisation(person.ctx, slug);
  expect(await heard()).toBe(1);
  await grow(13);
  expect(await heard()).toBe(2);
});

test('the list is read page by page, by kind and by part of a name', async () => {
  const mark = randomUUID().slice(0, 8);
  const person = await newPerson();
  const slugs: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const { slug } = await createOrganisation(person.ctx, wish(`${mark} 100%_${name}`));
    await decideOrganisation(staff, slug, { isVerified: true });
    slugs.push(slug);
  }
  const first = await listOrganisations(nobody, { limit: 2, q: `${mark} 100%_` });
  expect(first.items.map(({ slug }) => slug)).toEqual(slugs.slice(0, 2));
  const rest = await listOrganisations(nobody, { limit: 2, q: mark, cursor: first.nextCursor ?? '' });
  expect(rest).toMatchObject({ items: [{ slug: slugs[2] }], nextCursor: null });
  expect((await listOrganisations(nobody, { limit: 9, q: mark, kind: 'university' })).items).toEqual([]);
  expect(await slugsOf(nobody, '%')).toEqual(expect.arrayContaining(slugs));
});

test('an address is made of the name, or of nothing that says something', () => {
  expect(slugFrom('Acme  Databases, Inc.', 0)).toBe('acme-databases-inc');
  expect(slugFrom('瀚高软件', 0)).toMatch(/^org-[0-9a-f]{6}$/);
  expect(slugFrom('2ndQuadrant', 0)).toBe('ndquadrant');
  expect(slugFrom('New', 0)).toMatch(/^org-/);
  expect(isStale(new Date('2025-11-29T10:00:00Z'), new Date('2026-11-29T09:59:59Z'))).toBe(false);
  expect(isStale(new Date('2025-11-29T10:00:00Z'), new Date('2026-11-29T10:00:00Z'))).toBe(true);
});

test('a change that fails in the middle leaves nothing', async () => {
  const { person, slug } = await verified();
  const page = { ...wish('Broken'), website: '', country: '', about: '' };
  await expect(
    inTransaction(person.ctx, async (tx) => {
      await editOrganisation(tx, slug, page);
      throw new Error('cut');
    }),
  ).rejects.toThrow('cut');
  expect((await listRevisions(nobody, slug)).length).toBe(1);
});
