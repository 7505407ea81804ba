import { sql } from 'kysely';
import type {
  Organisation,
  OrganisationCard,
  OrganisationKind,
  OrganisationList,
  OrganisationQuery,
  OrganisationRevision,
  OrganisationState,
  WaitingOrganisation,
} from '#src/community/contract/organisations.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { likeLiteral } from '#src/platform/server/db.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { freshMonths, isStale } from './rules.ts';

const isFresh = sql<boolean>`o.confirmed_at > now() - make_interval(months => ${sql.lit(freshMonths)})`;

/** The member who reads; undefined for everybody else. Reading makes nobody a member. */
export async function findReader({ db, actor }: Context): Promise<{ id: string } | undefined> {
  return actor.kind === 'user' && actor.id !== null ? findMember(db, actor.id) : undefined;
}

/** Organisations by name: verified ones whose page was confirmed within twelve months. */
export async function listOrganisations(ctx: Context, query: OrganisationQuery): Promise<OrganisationList> {
  const [afterName, afterSlug] = readCursor(query.cursor, 2) ?? [];
  let listed = ctx.db
    .selectFrom('community.organisation as o')
    .select(['o.slug', 'o.name', 'o.kind', 'o.country', 'o.website', 'o.logo_file_id'])
    .select(peopleOf.as('people'))
    .select(postsOf.as('posts'))
    .where('o.state', '=', 'verified')
    .where(isFresh)
    .orderBy('o.name')
    .orderBy('o.slug')
    .limit(query.limit + 1);
  if (query.kind !== undefined) listed = listed.where('o.kind', '=', query.kind);
  if (query.industry !== undefined) listed = listed.where('o.industry', '=', query.industry);
  if (query.q) listed = listed.where('o.name', 'ilike', `%${likeLiteral(query.q)}%`);
  if (afterName !== undefined)
    listed = listed.where(sql<boolean>`(o.name, o.slug) > (${String(afterName)}, ${String(afterSlug)})`);
  const reader = await findReader(ctx);
  const [rows, kinds, managed, mayVerify] = await Promise.all([
    listed.execute(),
    ctx.db
      .selectFrom('community.organisation as o')
      .select(['o.kind', (eb) => eb.fn.countAll<number>().as('count')])
      .where('o.state', '=', 'verified')
      .where(isFresh)
      .groupBy('o.kind')
      .execute(),
    reader ? listManaged(ctx, reader.id) : [],
    mayAsStaff(ctx, 'community.organisation.verify'),
  ]);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row): OrganisationCard => ({
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      country: row.country,
      website: row.website,
      logo: logoOf(row.logo_file_id),
      people: row.people,
      posts: row.posts,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.name, last.slug]) : null,
    kinds,
    managed,
    waiting: mayVerify ? await countWaiting(ctx) : null,
  };
}

const peopleOf = sql<number>`(select count(distinct e.member_id) from community.employment e
  where e.organisation_id = o.id and e.period @> current_date and e.standing <> 'disputed')`;
const postsOf = sql<number>`(select count(*) from community.post p
  where p.organisation_id = o.id and p.state = 'published')`;
const logoOf = (fileId: string | null) => (fileId === null ? null : `/api/platform/files/${fileId}`);

/** Organisations whose page a member looks after, by name. */
export async function listManaged({ db }: Context, memberId: string) {
  const rows = await db
    .selectFrom('community.organisation_manager as m')
    .innerJoin('community.organisation as o', 'o.id', 'm.organisation_id')
    .select(['o.slug', 'o.name', 'o.state', 'o.confirmed_at'])
    .where('m.member_id', '=', memberId)
    .where('o.state', '<>', 'merged')
    .orderBy('o.name')
    .limit(100)
    .execute();
  return rows.map(({ slug, name, state, confirmed_at }) => ({
    slug,
    name,
    state,
    isStale: state === 'verified' && isStale(confirmed_at, new Date()),
  }));
}

async function countWaiting({ db }: Context): Promise<number> {
  const { count } = await db
    .selectFrom('community.organisation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  return count;
}

export type OrganisationRow = {
  id: string;
  slug: string;
  name: string;
  kind: OrganisationKind;
  state: OrganisationState;
  isManager: boolean;
  isOwn: boolean;
};

/**
 * An organisation as the reader may see it, with what they are to it. One that is not verified is there only for its
 * managers and for those who verify.
 */
export async function findOrganisation(
  ctx: Context,
  slug: string,
): Promise<(OrganisationRow & { mayVerify: boolean }) | undefined> {
  const reader = await findReader(ctx);
  const row = await ctx.db
    .selectFrom('community.organisation as o')
    .select(['o.id', 'o.slug', 'o.name', 'o.kind', 'o.state'])
    .select(isManager(reader?.id).as('isManager'))
    .select(worksThere(reader?.id).as('worksThere'))
    .where('o.slug', '=', slug)
    .executeTakeFirst();
  if (!row) return undefined;
  const mayVerify = await mayAsStaff(ctx, 'community.organisation.verify');
  const isPublic = row.state === 'verified' || row.state === 'merged';
  if (!isPublic && !row.isManager && !mayVerify) return undefined;
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    state: row.state,
    isManager: row.isManager,
    isOwn: row.isManager || row.worksThere,
    mayVerify,
  };
}

const nobody = '00000000-0000-0000-0000-000000000000';
const isManager = (memberId = nobody) => sql<boolean>`exists (select from community.organisation_manager m
  where m.organisation_id = o.id and m.member_id = ${memberId})`;
const worksThere = (memberId = nobody) => sql<boolean>`exists (select from community.employment e
  where e.organisation_id = o.id and e.member_id = ${memberId} and e.period @> current_date)`;

/** Whether a member is bound to an organisation: by managing it or by working there today. */
export async function isBound({ db }: Context, organisationId: string, memberId: string): Promise<boolean> {
  const row = await db
    .selectFrom('community.organisation as o')
    .select('o.id')
    .where('o.id', '=', organisationId)
    .where(sql<boolean>`(${isManager(memberId)} or ${worksThere(memberId)})`)
    .executeTakeFirst();
  return row !== undefined;
}

/** The page of an organisation. */
export async function getOrganisation(ctx: Context, slug: string): Promise<Organisation> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  const [row, managers] = await Promise.all([
    ctx.db
      .selectFrom('community.organisation as o')
      .leftJoin('community.organisation as other', 'other.id', 'o.merged_into')
      .selectAll('o')
      .select('other.slug as mergedInto')
      .where('o.id', '=', found.id)
      .executeTakeFirstOrThrow(),
    ctx.db
      .selectFrom('community.organisation_manager as om')
      .innerJoin('community.member as m', 'm.id', 'om.member_id')
      .select(cardColumns)
      .where('om.organisation_id', '=', found.id)
      .where('m.erased_at', 'is', null)
      .orderBy('om.since')
      .execute(),
  ]);
  const seesAll = found.isManager || found.mayVerify;
  return {
    slug: found.slug,
    name: found.name,
    kind: found.kind,
    state: found.state,
    mergedInto: row.mergedInto,
    about: row.about_markdown,
    aboutHtml: row.about_html,
    website: row.website,
    country: row.country,
    size: row.size,
    industry: row.industry as Organisation['industry'],
    logo: logoOf(row.logo_file_id),
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    confirmedAt: row.confirmed_at.toISOString(),
    isStale: isStale(row.confirmed_at, new Date()),
    refusedReason: seesAll ? row.refused_reason : null,
    managers: managers.map((one) => cardOf(one, ctx.locale)),
    viewer: { isManager: found.isManager, mayVerify: found.mayVerify, isOwn: found.isOwn },
    evidence: seesAll ? row.evidence : null,
  };
}

/** What the page of an organisation said, newest first. */
export async function listRevisions(ctx: Context, slug: string): Promise<OrganisationRevision[]> {
  const found = await findOrganisation(ctx, slug);
  if (!found) throw new AppError('not_found', organisationText.noSuch);
  const rows = await ctx.db
    .selectFrom('community.organisation_revision as r')
    .innerJoin('community.member as m', 'm.id', 'r.editor_id')
    .select([
      'r.number',
      'r.at',
      'r.note',
      'r.name',
      'r.kind',
      'r.website',
      'r.country',
      'r.size',
      'r.industry',
    ])
    .select('r.about_markdown')
    .select(cardColumns)
    .where('r.organisation_id', '=', found.id)
    .orderBy('r.number', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    number: row.number,
    editor: cardOf(row, ctx.locale),
    at: row.at.toISOString(),
    note: row.note,
    name: row.name,
    kind: row.kind,
    website: row.website,
    country: row.country,
    size: row.size,
    industry: row.industry as Organisation['industry'],
    about: row.about_markdown,
  }));
}

/** Organisations that wait to be verified, the oldest first. */
export async function listWaiting(ctx: Context): Promise<WaitingOrganisation[]> {
  const reader = await findReader(ctx);
  const rows = await ctx.db
    .selectFrom('community.organisation as o')
    .leftJoin('community.member as m', 'm.id', 'o.created_by')
    .select(['o.slug', 'o.name', 'o.kind', 'o.website', 'o.evidence', 'o.created_at', 'o.created_by'])
    .select(cardColumns)
    .select(sql<boolean>`(${isManager(reader?.id)} or ${worksThere(reader?.id)})`.as('isOwn'))
    .where('o.state', '=', 'pending')
    .orderBy('o.created_at')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    website: row.website,
    evidence: row.evidence,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by === null ? null : cardOf(row as Parameters<typeof cardOf>[0], ctx.locale),
    isOwn: row.isOwn,
  }));
}
