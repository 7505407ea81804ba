import { sql } from 'kysely';
import type { OwnMember } from '#src/community/server/members/queries.ts';
import type { TestDatabase } from '#tests/support/database.ts';

type Db = TestDatabase['db'];

/** An organisation of the community with what belongs to it, a chapter and an expert. */
export type OrganisationThings = {
  organisation: string;
  /** When the owner worked there, and when the colleague did. */
  employment: string;
  othersEmployment: string;
  offering: string;
  placement: string;
  chapter: string;
  /** The colleague, who is everything that can be decided about. */
  handle: string;
  /** Two more of each, to be found to be one. */
  doubles: { members: [string, string]; organisations: [string, string] };
  merge: string;
};

export async function makeOrganisationThings(
  db: Db,
  owner: OwnMember,
  colleague: OwnMember,
  word: string,
): Promise<OrganisationThings> {
  const slug = `sample-${word}`;
  const { id } = await db
    .insertInto('community.organisation')
    .values({ slug, name: `Sample ${word}`, kind: 'media-partner', state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { id: member_id } of [owner, colleague])
    await db
      .insertInto('community.organisation_manager')
      .values({ organisation_id: id, member_id })
      .execute();
  await sql`insert into community.organisation_revision
      (organisation_id, number, editor_id, name, kind, about_markdown, website, country)
    select id, 1, ${owner.id}, name, kind, '', '', '' from community.organisation where id = ${id}`.execute(
    db,
  );
  const employ = async (memberId: string) => {
    const { rows } = await sql<{ id: string }>`
      insert into community.employment (member_id, organisation_id, period)
      values (${memberId}, ${id}, '[2024-01-01,2024-02-01)') returning id`.execute(db);
    return rows[0]!.id;
  };
  const offering = await db
    .insertInto('community.offering')
    .values({ organisation_id: id, kind: 'product', name: 'Sample' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const placement = await db
    .insertInto('community.placement')
    .values({
      organisation_id: id,
      direction: 'given',
      title: 'A banner',
      value_minor: 1,
      currency: 'CNY',
      day: '2026-01-01',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const chapter = await db
    .insertInto('community.chapter')
    .values({ slug, name: 'Hangzhou', country: 'CN', state: 'approved' })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { id: member_id } of [owner, colleague])
    await db
      .insertInto('community.chapter_member')
      .values({ chapter_id: chapter.id, member_id, is_leader: true })
      .execute();
  for (const { id: member_id } of [owner, colleague])
    await db
      .insertInto('community.expert')
      .values({
        member_id,
        state: 'approved',
        about_markdown: 'x',
        about_html: 'x',
        skills: ['vacuum'],
        languages: ['zh'],
        availability: 'open',
      })
      .execute();
  const things = {
    organisation: slug,
    employment: await employ(owner.id),
    othersEmployment: await employ(colleague.id),
    offering: String(offering.id),
    placement: String(placement.id),
    chapter: slug,
    handle: colleague.handle,
    ...(await makeDoubles(db, word)),
  };
  await letWait(db, things);
  return things;
}

async function makeDoubles(db: Db, word: string): Promise<Pick<OrganisationThings, 'doubles' | 'merge'>> {
  const names = ['one', 'two', 'three', 'four'].map((one) => `double-${word}-${one}`);
  const members = await db
    .insertInto('community.member')
    .values(names.map((handle) => ({ handle, name: handle })))
    .returning(['id', 'handle'])
    .execute();
  await db
    .insertInto('community.organisation')
    .values(
      names.map((slug) => ({ slug, name: slug, kind: 'end-user' as const, state: 'verified' as const })),
    )
    .execute();
  const [one = '', two = '', three, four] = names;
  const idOf = (handle = '') => members.find((member) => member.handle === handle)?.id ?? '';
  const merge = await db
    .insertInto('community.merge')
    .values({
      kind: 'member',
      from_id: idOf(three),
      into_id: idOf(four),
      from_name: 'x',
      into_name: 'x',
      reason: 'x',
      undo_until: sql<Date>`now() + interval '1 day'`,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { doubles: { members: [one, two], organisations: [one, two] }, merge: merge.id };
}

/** Gives the offering a first revision that waits for review. */
async function letWait(db: Db, { offering }: OrganisationThings): Promise<void> {
  const content = {
    name: 'Sample',
    summary: 'x',
    about: '',
    website: '',
    category: 'tool',
    basedOn: '',
    licence: 'MIT',
  };
  await db.deleteFrom('community.offering_release').where('offering_id', '=', Number(offering)).execute();
  await db.deleteFrom('community.offering_revision').where('offering_id', '=', Number(offering)).execute();
  await sql`insert into community.offering_revision (offering_id, number, content, editor_id)
    select ${Number(offering)}, 1, ${JSON.stringify(content)}::jsonb, id from community.member order by joined_at limit 1`.execute(
    db,
  );
  await db
    .updateTable('community.offering')
    .set({ shown_revision: null, kind: 'product' })
    .where('id', '=', Number(offering))
    .execute();
}

/** Puts things as a route of organisations, chapters or experts wants to find them when the owner asks it. */
export async function prepareOrganisationThings(
  db: Db,
  { method, path }: { method: string; path: string },
  things: OrganisationThings,
): Promise<void> {
  if (!/^\/api\/community\/(organisations|offerings|employments|experts|chapters)\b/.test(path)) return;
  const isDecision = /\/(verify|refuse|approve)$/.test(path);
  // Nobody decides about their own.
  await sql`delete from community.organisation_manager om using community.member m, identity.membership i
    where m.id = om.member_id and i.account_id = m.account_id and i.role = 'owner'`.execute(db);
  if (!isDecision) {
    await sql`insert into community.organisation_manager (organisation_id, member_id)
      select o.id, e.member_id from community.employment e join community.organisation o on o.id = e.organisation_id
      where o.slug = ${things.organisation} on conflict do nothing`.execute(db);
  }
  const state = isDecision ? 'pending' : undefined;
  await db
    .updateTable('community.organisation')
    .set({ state: path.includes('/organisations/') ? (state ?? 'verified') : 'verified' })
    .where('slug', '=', things.organisation)
    .execute();
  await db
    .updateTable('community.chapter')
    .set({ state: state ?? 'approved' })
    .where('slug', '=', things.chapter)
    .execute();
  // Leaving was asked before.
  await sql`insert into community.chapter_member (chapter_id, member_id)
    select c.id, x.member_id from community.chapter c, community.expert x where c.slug = ${things.chapter}
    on conflict do nothing`.execute(db);
  await sql`update community.chapter_member cm set is_leader = ${!isDecision}
    from community.member m join identity.membership i on i.account_id = m.account_id
    where m.id = cm.member_id and i.role = 'owner'`.execute(db);
  if (path.includes('/chapters/') && path.endsWith('/membership') && method === 'DELETE')
    await db.updateTable('community.chapter_member').set({ is_leader: true }).execute();
  await db
    .updateTable('community.expert')
    .set({ state: isDecision ? 'applied' : 'approved' })
    .execute();
  if (path.includes('/offerings/')) await letWait(db, things);
  if (path.endsWith('/service'))
    await db.updateTable('community.offering').set({ kind: 'service' }).execute();
}

const page = { website: '', country: '', about: '' };
const product = { name: 'Sample', summary: 'A sample', category: 'tool', licence: 'MIT' };
const service = {
  name: 'Sample',
  summary: 'A sample',
  kinds: ['support'],
  regions: ['CN'],
  languages: ['zh'],
  hours: 'extended',
};
const chapter = {
  name: 'Hangzhou',
  country: 'CN',
  city: '',
  locale: 'zh-CN',
  about: '',
  website: '',
  organisation: null,
};

/** Bodies whose fields ask for more than a schema can say. */
const bodies: Record<string, (things: OrganisationThings) => unknown> = {
  'POST /api/community/organisations': () => ({
    ...page,
    name: 'Sample',
    kind: 'end-user',
    evidence: 'An imprint',
  }),
  'PUT /api/community/organisations/{slug}': () => ({
    ...page,
    name: 'Sample',
    kind: 'media-partner',
    note: '',
  }),
  'POST /api/community/employments': (t) => ({
    organisation: t.organisation,
    from: '2023-01-01',
    until: '2023-02-01',
    title: '',
  }),
  'PUT /api/community/employments/{id}': () => ({ from: '2024-01-01', until: '2024-01-10', title: '' }),
  'POST /api/community/offerings/products': (t) => ({ ...product, organisation: t.organisation }),
  'POST /api/community/offerings/services': (t) => ({ ...service, organisation: t.organisation }),
  'PUT /api/community/offerings/{offering}/product': () => product,
  'PUT /api/community/offerings/{offering}/service': () => service,
  'POST /api/community/placements/{slug}': () => ({
    direction: 'received',
    title: 'An article',
    url: '',
    valueMinor: 100,
    currency: 'CNY',
    day: '2026-01-01',
  }),
  'POST /api/community/experts': () => ({
    about: 'Words.',
    skills: ['vacuum'],
    languages: ['zh'],
    availability: 'open',
    rate: null,
    evidence: [{ url: 'https://example.com/talk' }],
  }),
  'PUT /api/community/experts/availability': () => ({ availability: 'open', rate: null }),
  'POST /api/community/merges/members': ({ doubles: { members } }) => ({
    from: members[0],
    into: members[1],
    reason: 'x',
  }),
  'POST /api/community/merges/organisations': ({ doubles: { organisations } }) => ({
    from: organisations[0],
    into: organisations[1],
    reason: 'x',
  }),
  'POST /api/community/chapters': () => chapter,
  'PUT /api/community/chapters/{slug}': () => chapter,
};

/** The body of a route of organisations, chapters or experts; undefined when its schema says all. */
export const organisationBody = (
  { method, path }: { method: string; path: string },
  things: OrganisationThings,
): unknown => bodies[`${method} ${path}`]?.(things);
