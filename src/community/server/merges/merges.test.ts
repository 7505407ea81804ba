// Over 300 lines: one world, looked at whole before and after each kind of merge.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { database, testContext } from '#tests/support/context.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { JobContext } from '#src/platform/server/jobs.ts';
import { stateEmployment } from '../employments/state-employment.ts';
import { getFigures, listPeople } from '../employments/queries.ts';
import type { OwnMember } from '../members/queries.ts';
import { requireMember } from '../members/require-member.ts';
import { createOrganisation } from '../organisations/create-organisation.ts';
import { decideOrganisation } from '../organisations/decide-organisation.ts';
import { getOrganisation } from '../organisations/queries.ts';
import { insertPost } from '../posts/insert-post.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { mergeMembers } from './merge-members.ts';
import { mergeOrganisations } from './merge-organisations.ts';
import { purgeMerges } from './purge-merges.job.ts';
import { listMerges, listReferences } from './queries.ts';
import { memberColumns, noReferences, organisationColumns } from './rules.ts';
import { undoMerge } from './undo-merge.ts';

const { db } = database;
const staff = await testContext({ may: ['*'] });

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
const publish = ({ ctx, member }: Person) =>
  inTransaction(ctx, (tx) =>
    insertPost(tx, member, {
      kind: 'article',
      title: 'A title',
      markdown: 'x',
      locale: 'en',
      state: 'published',
    }),
  );

/** A vote with its sums and what it means for the author, as the command of votes leaves it. */
const vote = ({ member }: Person, author: Person, postId: number) =>
  inTransaction(staff, async (tx) => {
    await tx.db
      .insertInto('community.vote')
      .values({ post_id: postId, member_id: member.id, value: 1 })
      .execute();
    await sql`update community.post set score = score + 1, up_votes = up_votes + 1 where id = ${postId}`.execute(
      tx.db,
    );
    await awardPoints(tx, {
      memberId: author.member.id,
      cause: 'up-vote',
      key: `${postId}:${member.id}`,
      postId,
    });
  });

const merge = (from: Person, into: Person) =>
  mergeMembers(staff, { from: from.member.handle, into: into.member.handle, reason: 'One person.' });

/** Every row of the community apart from what only grows: the merges, the entries of points, what is made anew. */
async function everything(): Promise<Record<string, string[]>> {
  const grows = /^(merge|merge_change|point_entry|search_|organisation_revision)/;
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'community' order by 1`.execute(db);
  const all: Record<string, string[]> = {};
  for (const { name } of rows.filter((one) => !grows.test(one.name))) {
    const found = await sql<{ row: string }>`select to_jsonb(t)::text as row
      from ${sql.table(`community.${name}`)} t order by 1`.execute(db);
    all[name] = found.rows.map(({ row }) => row);
  }
  return all;
}

/** What must hold whatever happened: sums are sums. */
async function faults(): Promise<string[]> {
  const wrongReputation = await sql<{ handle: string }>`
    select m.handle from community.member m left join community.point_entry e on e.member_id = m.id
    group by m.id having m.reputation <> coalesce(sum(e.growth), 0) or m.points <> coalesce(sum(e.spendable), 0)`.execute(
    db,
  );
  const wrongVotes = await sql<{ id: number }>`
    select p.id from community.post p left join community.vote v on v.post_id = p.id
    group by p.id having p.score <> coalesce(sum(v.value), 0)
      or p.up_votes <> count(v.value) filter (where v.value = 1)`.execute(db);
  const ownVotes = await sql<{ id: number }>`select p.id from community.vote v join community.post p
    on p.id = v.post_id and p.author_id = v.member_id`.execute(db);
  const wrongPlaces = await sql<{
    id: number;
  }>`select p.id from community.post p where p.published_at is not null
    and p.organisation_id is distinct from
      community.employer_on(p.author_id, (p.published_at at time zone 'UTC')::date)`.execute(db);
  return [
    ...wrongReputation.rows.map(({ handle }) => `reputation of ${handle}`),
    ...wrongVotes.rows.map(({ id }) => `votes of ${id}`),
    ...ownVotes.rows.map(({ id }) => `own vote on ${id}`),
    ...wrongPlaces.rows.map(({ id }) => `place of ${id}`),
  ];
}

const reputationOf = async ({ member }: Person) =>
  (
    await db
      .selectFrom('community.member')
      .select('reputation')
      .where('id', '=', member.id)
      .executeTakeFirstOrThrow()
  ).reputation;

test('every column that names a member or an organisation has its handling, and no column that looks like one was overlooked', async () => {
  const known = { member: memberColumns, organisation: organisationColumns };
  const unhandled: string[] = [];
  const references = new Set<string>();
  for (const table of ['member', 'organisation'] as const) {
    for (const one of await listReferences(db, table)) {
      references.add(`${one.table}.${one.column}`);
      if (!known[table].has(`${one.table}.${one.column}`))
        unhandled.push(`${one.table}.${one.column} → ${table}`);
    }
  }
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'community' and udt_name in ('uuid', '_uuid')
      and column_name ~ '(member|organisation|author|actor|editor|by|from|into)(_ids?)?$|_id$'`.execute(db);
  const others = await sql<{ name: string }>`
    select t.relname || '.' || a.attname as name from pg_constraint c join pg_class t on t.oid = c.conrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
    where c.contype = 'f' and c.connamespace = 'community'::regnamespace`.execute(db);
  const foreign = new Set(others.rows.map(({ name }) => name));
  const looks = rows.map(({ name }) => name).filter((name) => !foreign.has(name) && !noReferences.has(name));
  expect({ unhandled, looks }).toEqual({ unhandled: [], looks: [] });
  expect(references.size).toBeGreaterThan(40);
});

test('two accounts of one person act as one, keep all rows, and can be two again', async () => {
  const [anna, other, reader] = [await newPerson(), await newPerson(), await newPerson()];
  const [first, second] = [await publish(anna), await publish(other)];
  await vote(reader, other, second);
  await vote(other, reader, await publish(reader));
  const before = await everything();
  const { id } = await merge(other, anna);
  expect((await requireMember(other.ctx)).id).toBe(anna.member.id);
  const posts = await db
    .selectFrom('community.post')
    .select('id')
    .where('author_id', '=', anna.member.id)
    .execute();
  expect(posts.map((post) => post.id).sort()).toEqual([first, second].sort());
  expect([await reputationOf(other), await reputationOf(anna)]).toEqual([0, 10]);
  expect(await faults()).toEqual([]);
  await expect(merge(other, reader)).rejects.toMatchObject({ code: 'conflict' });
  await undoMerge(staff, id);
  expect(await everything()).toEqual(before);
  expect(await faults()).toEqual([]);
  await expect(undoMerge(staff, id)).rejects.toMatchObject({ code: 'conflict' });
  expect((await listMerges(staff)).find((one) => one.id === id)).toMatchObject({ isUndoable: false });
});

test('two votes of one person are one, votes on one’s own go, and what a vote gave is still taken back later', async () => {
  const [anna, other, author] = [await newPerson(), await newPerson(), await newPerson()];
  const [both, one, own] = [await publish(author), await publish(author), await publish(anna)];
  await vote(anna, author, both);
  await vote(other, author, both);
  await vote(other, author, one);
  await vote(other, anna, own);
  const before = await everything();
  const { id } = await merge(other, anna);
  expect([await reputationOf(author), await reputationOf(anna)]).toEqual([20, 0]);
  expect(await faults()).toEqual([]);
  const takenBack = await inTransaction(staff, (tx) =>
    reversePoints(tx, { memberId: author.member.id, cause: 'up-vote', key: `${one}:${anna.member.id}` }),
  );
  expect(takenBack).toBe(true);
  await inTransaction(staff, (tx) =>
    awardPoints(tx, {
      memberId: author.member.id,
      cause: 'up-vote',
      key: `${one}:${anna.member.id}`,
      postId: one,
    }),
  );
  await undoMerge(staff, id);
  expect((await everything())['vote']).toEqual(before['vote']);
  expect(await faults()).toEqual([]);
});

test('where both worked at once, what the one who stays said holds; figures of organisations follow, and come back', async () => {
  const [manager, anna, other] = [await newPerson(), await newPerson(), await newPerson()];
  const [one, two] = [await newOrganisation(manager), await newOrganisation(manager)];
  await stateEmployment(anna.ctx, { organisation: one, from: '2024-03-01', until: '2024-05-31' });
  await stateEmployment(other.ctx, { organisation: two, from: '2024-01-01' });
  await publish(other);
  const before = await everything();
  const { id } = await merge(other, anna);
  const { items } = await listPeople(staff, two, { limit: 10 });
  expect(items.map(({ member, from, until }) => [member.handle, from, until]).sort()).toEqual([
    [anna.member.handle, '2024-01-01', '2024-02-29'],
    [anna.member.handle, '2024-06-01', null],
  ]);
  expect((await getFigures(staff, two)).posts).toBe(1);
  await undoMerge(staff, id);
  expect((await everything())['employment']).toEqual(before['employment']);
  expect(await faults()).toEqual([]);
});

test('where both are managers, experts, members of a chapter, each is one', async () => {
  const [anna, other] = [await newPerson(), await newPerson()];
  const slug = await newOrganisation(anna);
  const { id: organisationId } = await db
    .selectFrom('community.organisation')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('community.organisation_manager')
    .values({ organisation_id: organisationId, member_id: other.member.id })
    .execute();
  const chapter = await db
    .insertInto('community.chapter')
    .values({ slug: `c-${randomUUID().slice(0, 8)}`, name: 'Hangzhou', country: 'CN' })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { member } of [anna, other]) {
    await db
      .insertInto('community.chapter_member')
      .values({ chapter_id: chapter.id, member_id: member.id })
      .execute();
    await db
      .insertInto('community.expert')
      .values({
        member_id: member.id,
        about_markdown: member.handle,
        about_html: 'x',
        skills: ['x'],
        languages: ['zh'],
        availability: 'open',
      })
      .execute();
    await db
      .insertInto('community.expert_evidence')
      .values({ member_id: member.id, position: 0, url: 'https://example.com' })
      .execute();
    await sql`insert into community.draft (member_id, target, fields) values (${member.id}, 'article', '{}')`.execute(
      db,
    );
  }
  const before = await everything();
  const { id } = await merge(other, anna);
  expect((await getOrganisation(staff, slug)).managers).toHaveLength(1);
  const after = await everything();
  expect(after['expert_evidence']).toHaveLength(before['expert_evidence']!.length);
  expect(after['expert']).toHaveLength(before['expert']!.length - 1);
  expect(
    Object.values(after)
      .flat()
      .filter((row) => row.includes(other.member.id) && !row.includes(other.member.handle)),
  ).toEqual([]);
  await undoMerge(staff, id);
  expect(await everything()).toEqual(before);
});

test('an organisation entered twice is one with all its people, offerings and managers, its address leads there, and it can be two again', async () => {
  const [manager, rival, anna] = [await newPerson(), await newPerson(), await newPerson()];
  const [one, two] = [await newOrganisation(manager), await newOrganisation(rival)];
  await stateEmployment(anna.ctx, { organisation: two, from: '2024-01-01' });
  await publish(anna);
  await db
    .insertInto('community.offering')
    .columns(['organisation_id', 'kind', 'name'])
    .expression(sql`select id, 'product', 'X' from community.organisation where slug = ${two}` as never)
    .execute();
  const before = await everything();
  const { id } = await mergeOrganisations(staff, { from: two, into: one, reason: 'Entered twice.' });
  expect(await getOrganisation(staff, two)).toMatchObject({ state: 'merged', mergedInto: one });
  expect((await getFigures(staff, one)).posts).toBe(1);
  expect((await getOrganisation(staff, one)).managers).toHaveLength(2);
  expect(await faults()).toEqual([]);
  await undoMerge(staff, id);
  expect(await everything()).toEqual(before);
  expect((await getFigures(staff, two)).posts).toBe(1);
});

test('what happened after a merge stays with the one who stayed', async () => {
  const [anna, other] = [await newPerson(), await newPerson()];
  const early = await publish(other);
  const { id } = await merge(other, anna);
  const late = await publish({ ctx: other.ctx, member: await requireMember(other.ctx) });
  await undoMerge(staff, id);
  const authorOf = async (post: number) =>
    (
      await db
        .selectFrom('community.post')
        .select('author_id')
        .where('id', '=', post)
        .executeTakeFirstOrThrow()
    ).author_id;
  expect([await authorOf(early), await authorOf(late)]).toEqual([other.member.id, anna.member.id]);
});

test('of two merges the later is undone first, and after 30 days nothing is', async () => {
  const [a, b, c] = [await newPerson(), await newPerson(), await newPerson()];
  await publish(a);
  const before = await everything();
  const first = await merge(a, b);
  const second = await merge(b, c);
  expect((await requireMember(a.ctx)).id).toBe(c.member.id);
  await expect(undoMerge(staff, first.id)).rejects.toMatchObject({ code: 'conflict' });
  await undoMerge(staff, second.id);
  await undoMerge(staff, first.id);
  expect(await everything()).toEqual(before);
  const third = await merge(a, b);
  await db
    .updateTable('community.merge')
    .set({ undo_until: sql<Date>`now()` })
    .where('id', '=', third.id)
    .execute();
  await expect(undoMerge(staff, third.id)).rejects.toMatchObject({ code: 'conflict' });
  await purgeMerges.run({ db } as JobContext, {} as never);
  const left = await db
    .selectFrom('community.merge_change')
    .select('position')
    .where('merge_id', 'in', [first.id, second.id, third.id])
    .execute();
  expect(left).toEqual([]);
});

test('only staff merge, and nobody their own', async () => {
  const [anna, other] = [await newPerson(), await newPerson()];
  const wish = { from: other.member.handle, into: anna.member.handle, reason: 'x' };
  await expect(mergeMembers(anna.ctx, wish)).rejects.toMatchObject({ code: 'forbidden' });
  await db
    .insertInto('community.staff')
    .values({ member_id: anna.member.id, role: 'administrator' })
    .execute();
  await expect(mergeMembers(anna.ctx, wish)).rejects.toMatchObject({ code: 'conflict' });
  await expect(mergeMembers(staff, { ...wish, from: anna.member.handle })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('whoever votes, works and writes in whatever order: a merge keeps every sum, and undone it left no trace', async () => {
  const manager = await newPerson();
  const slugs = [await newOrganisation(manager), await newOrganisation(manager)];
  const deed = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('publish', 'vote', 'vote', 'employ', 'award'),
    which: fc.nat(6),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 10 }), async (deeds) => {
      const people = [await newPerson(), await newPerson(), await newPerson()];
      const posts: { id: number; author: Person }[] = [];
      for (const { who, what, which } of deeds) {
        const person = people[who]!;
        const post = posts[which % Math.max(1, posts.length)];
        if (what === 'publish') posts.push({ id: await publish(person), author: person });
        else if (what === 'vote' && post && post.author !== person)
          await vote(person, post.author, post.id).catch(() => {});
        else if (what === 'employ') {
          const from = `2024-0${which + 1}-01`;
          await stateEmployment(person.ctx, {
            organisation: slugs[which % 2]!,
            from,
            until: which % 3 === 0 ? null : `2024-0${which + 2}-15`,
          }).catch(() => {});
        } else if (what === 'award')
          await inTransaction(staff, (tx) =>
            awardPoints(tx, {
              memberId: person.member.id,
              cause: 'welcome',
              key: String(which % 2),
            }),
          );
      }
      const before = await everything();
      const { id } = await merge(people[1]!, people[0]!);
      expect(await faults()).toEqual([]);
      await undoMerge(staff, id);
      expect(await faults()).toEqual([]);
      expect(await everything()).toEqual(before);
    }),
    { numRuns: 12 },
  );
}, 240_000);
