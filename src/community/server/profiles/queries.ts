import { type SqlBool, sql } from 'kysely';
import type {
  AdoptedWish,
  MemberRole,
  OwnProfile,
  Profile,
  ProfileQuery,
  ReputationEntry,
  StaffRole,
  WrittenPost,
} from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { listBadgesOf } from '../badges/queries.ts';
import { findLevel } from '../levels/queries.ts';
import { cardColumns, cardOf, findMember } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { listEntries } from '../points/queries.ts';
import {
  countContributions,
  isAdoptedOf,
  isTalkOf,
  isTranslation,
  shownAnswer,
} from './count-contributions.ts';

/** The page of a member with the rows of one view; a former handle answers with where the page has moved. */
export async function getProfile(ctx: Context, handle: string, query: ProfileQuery): Promise<Profile> {
  const row = await profileRow(ctx, handle);
  if (!row) throw new AppError('not_found', memberText.noSuchMember);
  const reader = await findReader(ctx);
  const viewer = await viewerOf(ctx, reader?.id, row.id);
  const counts = await countContributions(ctx, row.id);
  const there = (['articles', 'questions', 'answers'] as const).find((one) => counts[one] > 0);
  const view = query.view ?? there ?? 'articles';
  const shown =
    view === 'reputation'
      ? await listReputation(ctx, row.id, query)
      : view === 'wishes'
        ? await listAdopted(ctx, row.id, query)
        : await listWritten(ctx, row.id, view, query);
  return {
    ...cardOf(row, ctx.locale),
    handle: row.memberHandle,
    movedTo: row.memberHandle === handle ? null : row.memberHandle,
    aboutHtml: row.about_html,
    location: row.location,
    website: row.website,
    industry: row.industry as Profile['industry'],
    roles: row.roles as MemberRole[],
    skills: row.skills,
    joinedAt: row.joined_at.toISOString(),
    isExpert: row.isExpert,
    level: await findLevel(ctx, row.id),
    badges: await listBadgesOf(ctx, row.id),
    employer:
      row.employerSlug === null
        ? null
        : { slug: row.employerSlug, name: row.employerName ?? '', title: row.employerTitle ?? '' },
    staff: row.staff as StaffRole[],
    isListed: row.isListed ?? true,
    counts,
    view,
    viewer,
    ...shown,
  };
}

/** Whose page a handle leads to: a merged member's to the one it was found to be, a former handle to who had it. */
export async function findBehind({ db }: Context, handle: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(m.merged_into, m.id) as id from community.member m where m.handle = ${handle}
    union all
    select f.member_id from community.former_handle f
    where f.handle = ${handle} and f.kept_until > now() and f.member_id is not null
    limit 1`.execute(db);
  return rows[0]?.id;
}

async function profileRow(ctx: Context, handle: string) {
  const id = await findBehind(ctx, handle);
  if (id === undefined) return undefined;
  return ctx.db
    .selectFrom('community.member as m')
    .leftJoin('community.employment as e', (join) =>
      join
        .onRef('e.member_id', '=', 'm.id')
        .on(sql<SqlBool>`e.period @> current_date and e.standing <> 'disputed'`),
    )
    .leftJoin('community.organisation as o', (join) =>
      join.onRef('o.id', '=', 'e.organisation_id').on('o.state', '=', 'verified'),
    )
    .select([
      'm.id',
      'm.about_html',
      'm.location',
      'm.website',
      'm.industry',
      'm.roles',
      'm.skills',
      'm.joined_at',
      'o.slug as employerSlug',
      'o.name as employerName',
      'e.title as employerTitle',
      ...cardColumns,
    ])
    .select([
      sql<boolean>`exists (select from community.expert x where x.member_id = m.id and x.state = 'approved')`.as(
        'isExpert',
      ),
      sql<string[]>`array(select distinct s.role from community.staff s where s.member_id = m.id
        and s.starts_at <= now() and (s.ends_at is null or s.ends_at > now()) order by s.role)`.as('staff'),
      sql<boolean | null>`(select c.is_given from community.consent c
        where c.member_id = m.id and c.kind = 'search-engines' order by c.id desc limit 1)`.as('isListed'),
    ])
    .where('m.id', '=', id)
    .where('m.erased_at', 'is', null)
    .executeTakeFirst();
}

/** The member who reads; undefined for everybody else. Reading makes nobody a member. */
async function findReader({ db, actor }: Context): Promise<{ id: string } | undefined> {
  return actor.kind === 'user' && actor.id !== null ? findMember(db, actor.id) : undefined;
}

async function viewerOf(
  { db }: Context,
  readerId: string | undefined,
  memberId: string,
): Promise<Profile['viewer']> {
  if (readerId === undefined || readerId === memberId)
    return { isSelf: readerId === memberId, follows: false, blocks: false };
  const { rows } = await sql<{ follows: boolean; blocks: boolean }>`
    select exists (select from community.follow f where f.member_id = ${readerId} and f.kind = 'member' and f.key = ${memberId}) as follows,
      exists (select from community.block b where b.member_id = ${readerId} and b.blocked_id = ${memberId}) as blocks`.execute(
    db,
  );
  return { isSelf: false, follows: rows[0]?.follows ?? false, blocks: rows[0]?.blocks ?? false };
}

type Shown = Pick<Profile, 'posts' | 'entries' | 'wishes' | 'nextCursor'>;

const kinds = {
  articles: 'article',
  questions: 'question',
  answers: 'answer',
  accepted: 'answer',
  translations: 'article',
  talks: 'article',
} as const;

/** Public posts of a member, the newest number first: the very rows that are counted. */
async function listWritten(
  { db }: Context,
  memberId: string,
  view: keyof typeof kinds,
  query: ProfileQuery,
): Promise<Shown> {
  const before = readNumberCursor(query.cursor);
  const rows = await db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select([
      'p.id',
      'p.kind',
      'p.parent_id',
      'p.excerpt',
      'p.locale',
      'p.score',
      'p.published_at',
      'p.created_at',
    ])
    .select([
      sql<string | null>`coalesce(p.title, q.title)`.as('title'),
      sql<string>`coalesce(q.slug, p.slug)`.as('slug'),
      sql<boolean>`q.accepted_answer_id is not distinct from p.id and p.kind = 'answer'`.as('isAccepted'),
      sql<string[]>`array(select t.name from community.post_tag pt join community.tag t on t.id = pt.tag_id
        where pt.post_id = coalesce(q.id, p.id) order by t.name)`.as('tags'),
    ])
    .$if(view !== 'talks', (q) => q.where('p.author_id', '=', memberId))
    .$if(view === 'talks', (q) => q.where(isTalkOf(memberId)))
    .$if(view === 'translations', (q) => q.where(isTranslation))
    .where('p.state', '=', 'published')
    .where('p.kind', '=', kinds[view])
    .where(shownAnswer)
    .$if(view === 'accepted', (q) => q.whereRef('q.accepted_answer_id', '=', 'p.id'))
    .$if(before !== undefined, (q) => q.where('p.id', '<', before!))
    .orderBy('p.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const posts = rows.slice(0, query.limit).map((row): WrittenPost => ({
    id: row.id,
    kind: row.kind as WrittenPost['kind'],
    parentId: row.parent_id,
    title: row.title ?? '',
    slug: row.slug,
    excerpt: row.excerpt,
    locale: row.locale as WrittenPost['locale'],
    tags: row.tags,
    score: row.score,
    isAccepted: row.isAccepted,
    publishedAt: (row.published_at ?? row.created_at).toISOString(),
  }));
  const last = posts.at(-1);
  return {
    posts,
    entries: [],
    wishes: [],
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** Why a member's reputation is what it is, newest first. What only changes what can be spent is nobody else's business. */
async function listReputation(ctx: Context, memberId: string, query: ProfileQuery): Promise<Shown> {
  const { items, nextCursor } = await listEntries(ctx, memberId, { ...query, view: 'growth' });
  const entries = items.map(({ id, growth, cause, isReversal, at, post }): ReputationEntry => ({
    id,
    amount: growth,
    cause,
    isReversal,
    at,
    post,
  }));
  return { posts: [], entries, wishes: [], nextCursor };
}

/** Public wishes of a member that were delivered, the newest number first. */
async function listAdopted({ db }: Context, memberId: string, query: ProfileQuery): Promise<Shown> {
  const before = readNumberCursor(query.cursor);
  const rows = await db
    .selectFrom('community.wish as w')
    .select(['w.id', 'w.title', 'w.slug', 'w.locale', 'w.votes', 'w.state_since'])
    .where(isAdoptedOf(memberId))
    .$if(before !== undefined, (q) => q.where('w.id', '<', before!))
    .orderBy('w.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const wishes = rows.slice(0, query.limit).map(({ state_since, locale, ...row }): AdoptedWish => ({
    ...row,
    locale: locale as AdoptedWish['locale'],
    deliveredAt: state_since.toISOString(),
  }));
  const last = wishes.at(-1);
  return {
    posts: [],
    entries: [],
    wishes,
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}

/** One's own profile as the form shows it; somebody who never took part has the account's name and nothing else. */
export async function getOwnProfile(ctx: Context): Promise<OwnProfile> {
  requirePerson(ctx);
  const row = await ctx.db
    .selectFrom('identity.account as a')
    .leftJoin('community.member as m', 'm.account_id', 'a.id')
    .select(['a.name as accountName', 'm.handle', 'm.name', 'm.headline', 'm.about_markdown', 'm.location'])
    .select(['m.website', 'm.roles', 'm.skills', 'm.industry', 'm.avatar_file_id'])
    .where('a.id', '=', ctx.actor.id)
    .executeTakeFirstOrThrow();
  return {
    handle: row.handle,
    name: row.name ?? row.accountName,
    headline: row.headline ?? '',
    about: row.about_markdown ?? '',
    location: row.location ?? '',
    website: row.website ?? '',
    roles: (row.roles ?? []) as MemberRole[],
    skills: row.skills ?? [],
    industry: (row.industry ?? '') as OwnProfile['industry'],
    avatar: row.avatar_file_id === null ? null : `/api/platform/files/${row.avatar_file_id}`,
  };
}
