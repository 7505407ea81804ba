import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { anonymous, inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import type { OwnMember } from '../members/queries.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { insertPost } from '../posts/insert-post.ts';
import { publishPost } from '../posts/publish-post.ts';
import { changeEmployment } from './change-employment.ts';
import { judgeEmployment } from './judge-employment.ts';
import { getFigures, listOwnEmployments, listPeople } from './queries.ts';
import { removeEmployment } from './remove-employment.ts';
import { stateEmployment } from './state-employment.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });
const nobody: Context = { ...staff, actor: anonymous };

type Person = { ctx: Context; member: OwnMember };

async function newPerson(): Promise<Person> {
  const ctx = await testContext({ may: [] });
  return { ctx, member: await requireMember(ctx) };
}

async function newOrganisation(manager: Person): Promise<string> {
  const name = `Acme ${randomUUID().slice(0, 8)}`;
  const { slug } = await createOrganisation(manager.ctx, { name, kind: 'end-user', evidence: 'x' });
  await decideOrganisation(staff, slug, { isVerified: true });
  return slug;
}

const dayOf = (offset: number) => new Date(Date.UTC(2024, 0, 1 + offset)).toISOString().slice(0, 10);

/** Publishes an article as it would have been on that day. */
const publish = ({ ctx, member }: Person, day: string) =>
  inTransaction(ctx, async (tx) => {
    const id = await insertPost(tx, member, {
      kind: 'article',
      title: 'A title',
      markdown: 'x',
      locale: 'en',
      state: 'draft',
    });
    await tx.db
      .updateTable('community.post')
      .set({ published_at: sql<Date>`${`${day}T23:59:59Z`}::timestamptz` })
      .where('id', '=', id)
      .execute();
    await publishPost(tx, id);
    return id;
  });

const organisationOf = async (postId: number) => {
  const row = await db
    .selectFrom('community.post as p')
    .leftJoin('community.organisation as o', 'o.id', 'p.organisation_id')
    .select('o.slug')
    .where('p.id', '=', postId)
    .executeTakeFirstOrThrow();
  return row.slug;
};

test('changing the employer moves only what comes later; stated late, what came before as well', async () => {
  const manager = await newPerson();
  const [one, two] = [await newOrganisation(manager), await newOrganisation(manager)];
  const anna = await newPerson();
  const early = await publish(anna, '2025-03-01');
  await stateEmployment(anna.ctx, { organisation: one, from: '2025-01-01' });
  expect(await organisationOf(early)).toBe(one);
  const late = await publish(anna, '2025-06-01');
  await stateEmployment(anna.ctx, { organisation: two, from: '2025-06-01' });
  expect([await organisationOf(early), await organisationOf(late)]).toEqual([one, two]);
  const own = await listOwnEmployments(anna.ctx);
  expect(own.map(({ from, until }) => [from, until])).toEqual([
    ['2025-06-01', null],
    ['2025-01-01', '2025-05-31'],
  ]);
  await removeEmployment(anna.ctx, own[1]!.id);
  expect(await organisationOf(early)).toBe(null);
  expect((await getFigures(nobody, two)).posts).toBe(1);
});

test('a draft counts nowhere until it is published, and then where its author works that day', async () => {
  const anna = await newPerson();
  const slug = await newOrganisation(await newPerson());
  await stateEmployment(anna.ctx, { organisation: slug, from: '2020-01-01' });
  const id = await inTransaction(anna.ctx, (tx) =>
    insertPost(tx, anna.member, {
      kind: 'article',
      title: 'A title',
      markdown: 'x',
      locale: 'en',
      state: 'draft',
    }),
  );
  expect(await organisationOf(id)).toBe(null);
  await inTransaction(anna.ctx, (tx) => publishPost(tx, id));
  expect(await organisationOf(id)).toBe(slug);
});

test('two places at once are refused, with the name of the other', async () => {
  const anna = await newPerson();
  const slug = await newOrganisation(await newPerson());
  await stateEmployment(anna.ctx, { organisation: slug, from: '2020-01-01', until: '2020-12-31' });
  const again = stateEmployment(anna.ctx, { organisation: slug, from: '2020-12-31', until: '2021-12-31' });
  await expect(again).rejects.toMatchObject({
    code: 'conflict',
    text: { en: expect.stringContaining('Acme') },
  });
  const next = await stateEmployment(anna.ctx, {
    organisation: slug,
    from: '2021-01-01',
    until: '2021-12-31',
  });
  await expect(changeEmployment(anna.ctx, next.id, { from: '2020-06-01' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      stateEmployment(anna.ctx, { organisation: slug, from: '2022-01-01', until: '2022-12-31' }),
    ),
  );
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('what managers dispute counts for nobody and is seen by nobody else; nobody judges their own', async () => {
  const manager = await newPerson();
  const anna = await newPerson();
  const slug = await newOrganisation(manager);
  const { id } = await stateEmployment(anna.ctx, { organisation: slug, from: '2024-01-01' });
  const post = await publish(anna, '2024-02-02');
  expect(await organisationOf(post)).toBe(slug);
  await expect(judgeEmployment(anna.ctx, slug, id, 'confirmed')).rejects.toMatchObject({ code: 'forbidden' });
  await judgeEmployment(manager.ctx, slug, id, 'disputed');
  expect(await organisationOf(post)).toBe(null);
  expect((await listPeople(nobody, slug, { limit: 10 })).items).toEqual([]);
  expect((await listPeople(manager.ctx, slug, { limit: 10 })).items).toMatchObject([
    { standing: 'disputed' },
  ]);
  await changeEmployment(anna.ctx, id, { from: '2024-01-02' });
  expect(await organisationOf(post)).toBe(null);
  await judgeEmployment(manager.ctx, slug, id, 'confirmed');
  expect(await organisationOf(post)).toBe(slug);
  const own = await stateEmployment(manager.ctx, { organisation: slug, from: '2024-01-01' });
  await expect(judgeEmployment(manager.ctx, slug, own.id, 'confirmed')).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('another member’s employment is as absent as one that never was', async () => {
  const anna = await newPerson();
  const slug = await newOrganisation(await newPerson());
  const { id } = await stateEmployment(anna.ctx, { organisation: slug, from: '2024-01-01' });
  const eve = await newPerson();
  await expect(removeEmployment(eve.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(changeEmployment(eve.ctx, id, { from: '2023-01-01' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

/** What must hold: on every day an organisation has as many posts as its people published that day, counted by hand here. */
async function differences(people: readonly Person[], slugs: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const counted = new Map<string, number>();
  const add = (map: Map<string, number>, slug: string, day: string) =>
    map.set(`${slug} ${day}`, (map.get(`${slug} ${day}`) ?? 0) + 1);
  const posts = await db
    .selectFrom('community.post as p')
    .leftJoin('community.organisation as o', 'o.id', 'p.organisation_id')
    .select(['o.slug', 'p.author_id', 'p.published_at'])
    .where(
      'p.author_id',
      'in',
      people.map(({ member }) => member.id),
    )
    .where('p.state', '=', 'published')
    .execute();
  const expected = new Map<string, number>();
  const times = new Map(
    await Promise.all(
      people.map(async ({ ctx, member }) => [member.id, await listOwnEmployments(ctx)] as const),
    ),
  );
  for (const post of posts) {
    const day = post.published_at!.toISOString().slice(0, 10);
    if (post.slug !== null) add(counted, post.slug, day);
    const there = times
      .get(post.author_id)!
      .find(
        (one) => one.standing !== 'disputed' && one.from <= day && (one.until === null || one.until >= day),
      );
    if (there) add(expected, there.organisation.slug, day);
  }
  for (const key of new Set([...counted.keys(), ...expected.keys()]))
    if (counted.get(key) !== expected.get(key))
      wrong.push(`${key}: ${counted.get(key)} ≠ ${expected.get(key)}`);
  for (const slug of slugs) {
    const { posts: total } = await getFigures(nobody, slug);
    const { items } = await listPeople(nobody, slug, { limit: 100 });
    const sum = items.reduce((all, { posts: own }) => all + own, 0);
    if (total !== sum) wrong.push(`${slug}: page ${total} ≠ people ${sum}`);
  }
  return wrong;
}

const manager = await newPerson();
const slugs = [
  await newOrganisation(manager),
  await newOrganisation(manager),
  await newOrganisation(manager),
];
const days = fc.integer({ min: 0, max: 20 });
const deed = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom(
    'publish',
    'publish',
    'state',
    'state',
    'change',
    'remove',
    'dispute',
    'confirm',
    'together',
  ),
  where: fc.nat(2),
  from: days,
  length: fc.option(fc.integer({ min: 0, max: 8 })),
  which: fc.nat(5),
});

test('whatever people publish and say of their employment in whatever order, totals are the sums of their people on every day', async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 14 }), async (deeds) => {
      runs++;
      const people = [await newPerson(), await newPerson()];
      for (const { who, what, where, from, length, which } of deeds) {
        const person = people[who]!;
        const range = { from: dayOf(from), until: length === null ? null : dayOf(from + length) };
        const own = await listOwnEmployments(person.ctx);
        const one = own[which % Math.max(1, own.length)];
        const refused = (error: unknown) => expect(error).toMatchObject({ code: 'conflict' });
        const state = () =>
          stateEmployment(person.ctx, { organisation: slugs[where]!, ...range }).catch(refused);
        if (what === 'publish') await publish(person, dayOf(from));
        else if (what === 'state') await state();
        else if (what === 'together')
          await Promise.all([publish(person, dayOf(from)), state(), publish(person, dayOf(from + 1))]);
        else if (one === undefined) continue;
        else if (what === 'change') await changeEmployment(person.ctx, one.id, range).catch(refused);
        else if (what === 'remove') await removeEmployment(person.ctx, one.id);
        else
          await judgeEmployment(
            manager.ctx,
            one.organisation.slug,
            one.id,
            what === 'dispute' ? 'disputed' : 'confirmed',
          );
      }
      expect(await differences(people, slugs)).toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(runs).toBeGreaterThanOrEqual(40);
}, 240_000);
