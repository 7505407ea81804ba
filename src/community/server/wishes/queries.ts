// Over 300 lines: every read of the wall, each behind the same sight.
import { sql } from 'kysely';
import {
  type Claim,
  livingStates,
  type Roadmap,
  type SimilarWish,
  type Wish,
  type WishQuery,
  type WishState,
  type WishSummary,
  WishTerms,
} from '#src/community/contract/wishes.ts';
import { Privileges } from '#src/community/contract/privileges.ts';
import { passesTest } from '#src/community/contract/passes-test.ts';
import type { WritingRuns } from '#src/community/contract/runs.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { type Db, likeLiteral } from '#src/platform/server/db.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { listComments } from '../comments/queries.ts';
import { isFollowed } from '../follows/is-followed.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { listManaged } from '../organisations/queries.ts';
import { segmentText } from '../search/segment-text.ts';
import { recallSetting } from '../settings/queries.ts';
import { listRuns } from '../runs/queries.ts';
import { countHeldVotes } from './cast-wish-vote.ts';
import { budgetOf, keepRateOf, medianOf, outcomeOf } from './rules.ts';
import { listOwnProducts, selectDelivery } from './select-delivery.ts';
import { listVerifiedUses, selectSegments } from './select-segments.ts';
import {
  isAddressedTo,
  isInside,
  isListedWish,
  maySee,
  readerOf,
  type Reader,
  takesPart,
} from './lock-wish.ts';

const nobody: Reader = { member: undefined, mayManage: false };

const today = () => new Date().toISOString().slice(0, 10);

const summaries = (db: Db, reader: Reader) =>
  db
    .selectFrom('community.wish as w')
    .innerJoin('community.member as m', 'm.id', 'w.author_id')
    .select([
      'w.id',
      'w.title',
      'w.slug',
      'w.locale',
      'w.state',
      'w.industry',
      'w.is_private',
      'w.excellent_at',
      'w.problem',
      'w.votes',
      'w.must_votes',
      'w.weight',
      'w.created_at',
      'w.state_since',
      'w.true_on',
      'w.comment_count',
    ])
    .select(
      sql<string | null>`(select min(c.due_on)::text from community.wish_claim c
        where c.wish_id = w.id and c.withdrawn_at is null and c.delivered_on is null)`.as('dueOn'),
    )
    .select(cardColumns)
    .where(maySee(reader));
type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

const summaryOf = ({ locale }: Context, row: SummaryRow): WishSummary => ({
  id: row.id,
  title: row.title,
  slug: row.slug,
  locale: row.locale,
  state: row.state,
  industry: row.industry as WishSummary['industry'],
  isPrivate: row.is_private,
  isExcellent: row.excellent_at !== null,
  problem: row.problem.slice(0, 300).toWellFormed(),
  votes: row.votes,
  mustVotes: row.must_votes,
  weight: row.weight,
  author: cardOf(row, locale),
  createdAt: row.created_at.toISOString(),
  since: row.state_since.toISOString(),
  dueOn: row.dueOn,
  trueOn: row.true_on,
  commentCount: row.comment_count,
});

type Sort = WishQuery['sort'];

const columnOf = (sort: Sort) => (sort === 'newest' ? 'w.id' : sort === 'weight' ? 'w.weight' : 'w.votes');

function selectWall(
  db: Db,
  reader: Reader,
  { sort, state, industry, scope, limit }: Omit<WishQuery, 'q' | 'cursor'>,
  words: readonly string[] = [],
  after?: readonly [number, number],
) {
  const column = columnOf(sort);
  let rows = summaries(db, reader)
    .orderBy(column, 'desc')
    .orderBy('w.id', 'desc')
    .limit(limit + 1);
  if (scope === 'public') rows = rows.where(sql<boolean>`not w.is_private`);
  if (scope === 'mine') rows = rows.where('w.author_id', '=', reader.member?.id ?? null);
  if (scope === 'addressed')
    rows = rows.where(reader.member ? isAddressedTo(reader.member) : sql<boolean>`false`);
  if (state === 'living') rows = rows.where('w.state', 'in', [...livingStates]);
  else if (state !== 'all') rows = rows.where('w.state', '=', state);
  if (industry !== undefined) rows = rows.where('w.industry', '=', industry);
  for (const word of words) {
    const like = `%${likeLiteral(word)}%`;
    rows = rows.where((eb) =>
      eb.or([
        eb('w.title', 'ilike', like),
        eb('w.capability', 'ilike', like),
        eb('w.problem', 'ilike', like),
      ]),
    );
  }
  if (after === undefined) return rows;
  return rows.where(sql<boolean>`(${sql.ref(column)}, w.id) < (${after[0]}::bigint, ${after[1]}::bigint)`);
}

const firstPages = new Map<string, (db: Db, given: Record<string, unknown>) => Promise<SummaryRow[]>>();

/** Where the wall begins is read far more often than anything else of it; what stands there stands in the plan. */
function selectFirst(db: Db, sort: Sort, state: WishQuery['state'], limit: number): Promise<SummaryRow[]> {
  const shape = `${sort} ${state} ${limit}`;
  let select = firstPages.get(shape);
  if (select === undefined) {
    select = prepareQuery((on) => selectWall(on, nobody, { sort, state, scope: 'public', limit }));
    firstPages.set(shape, select);
  }
  return select(db, {});
}

/** Wishes that the reader may see, a page at a time: public ones, or only the reader's own, or those addressed to them. */
export async function listWishes(ctx: Context, query: WishQuery): Promise<Page<WishSummary>> {
  const [value, id] = (readCursor(query.cursor, 2) ?? []).map(Number);
  if (![value ?? 0, id ?? 0].every(Number.isSafeInteger))
    throw new AppError('invalid', platformText.cursorNotOurs);
  const { sort, state, industry, scope } = query;
  // What everybody sees is the same whoever reads it.
  const isForAll = scope === 'public' && state !== 'pending' && state !== 'all';
  const reader = isForAll ? nobody : await readerOf(ctx);
  const words = (query.q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 10);
  const isFirst = isForAll && query.cursor === undefined && industry === undefined && words.length === 0;
  const found = await (isFirst
    ? selectFirst(ctx.db, sort, state, query.limit)
    : selectWall(ctx.db, reader, query, words, value === undefined ? undefined : [value, id!]).execute());
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const valueOf = (row: SummaryRow) =>
    sort === 'newest' ? row.id : sort === 'weight' ? row.weight : row.votes;
  return {
    items: items.map((row) => summaryOf(ctx, row)),
    nextCursor: found.length > query.limit && last ? writeCursor([valueOf(last), last.id]) : null,
  };
}

const similarAtMost = 5;

/** Public wishes like the one that somebody is typing, by the letters of the title and by its words. */
export async function listSimilarWishes({ db }: Context, title: string): Promise<SimilarWish[]> {
  const plain = title.trim();
  if (plain.length < 4) return [];
  const words = [...new Set(segmentText(plain))].filter((word) => word.length >= 2).slice(0, 6);
  const likes = words.map((word) => `%${likeLiteral(word)}%`);
  const { rows } = await sql<SimilarWish>`
    select w.id, w.title, w.slug, w.votes,
      similarity(w.title, ${plain}) * 2 + (select count(*) from unnest(${likes}::text[]) l where w.title ilike l)::real
        / greatest(${likes.length}, 1) as rank
    from community.wish w
    where ${isListedWish}
      and (w.title % ${plain} or (select count(*) from unnest(${likes}::text[]) l where w.title ilike l) * 2 >= greatest(${likes.length}, 2))
    order by rank desc, w.votes desc, w.id limit ${similarAtMost}`.execute(db);
  return rows.map(({ id, title, slug, votes }) => ({ id, title, slug, votes }));
}

/** One wish whole, with what the reader may do; one they may not see is not found. */
export async function getWish(ctx: Context, id: number): Promise<Wish> {
  const { db } = ctx;
  const reader = await readerOf(ctx);
  const row = await summaries(ctx.db, reader)
    .select([
      'w.capability',
      'w.need',
      'w.need_note',
      'w.alternatives',
      'w.hints',
      'w.company',
      'w.database_size',
      'w.business_logic',
      'w.business_pains',
      'w.database_pains',
      'w.hides_details',
      'w.duplicate_of',
      'w.author_id',
      'w.test_sql',
    ])
    .select(isInside(reader).as('isInside'))
    .where('w.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', wishText.noSuchWish);
  const terms = await recallSetting(db, 'wishes', WishTerms);
  const privileges = await recallSetting(db, 'privileges', Privileges);
  const [
    vendors,
    proxyVotes,
    segments,
    verifiedUses,
    changes,
    claims,
    delivery,
    duplicateOf,
    viewer,
    runs,
    comments,
    talk,
  ] = await Promise.all([
    db
      .selectFrom('community.wish_vendor as wv')
      .innerJoin('community.organisation as o', 'o.id', 'wv.organisation_id')
      .select(['o.slug', 'o.name'])
      .where('wv.wish_id', '=', id)
      .orderBy('o.name')
      .execute(),
    listProxyVotes(ctx, id),
    selectSegments(ctx, id),
    reader.mayManage ? listVerifiedUses(ctx, id) : [],
    listChanges(ctx, id),
    listClaims(ctx, id, reader),
    selectDelivery(ctx, id),
    findDuplicate(ctx, row.duplicate_of, reader),
    viewerOf(ctx, id, reader, row.state, terms),
    row.test_sql === '' ? [] : listRuns(ctx, { wish: id }),
    listComments(ctx, { postId: null, wishId: id }, reader.member),
    talkOf(ctx, { id, isPrivate: row.is_private, state: row.state }, reader, privileges),
  ]);
  const isAuthor = reader.member !== undefined && reader.member.id === row.author_id;
  const details = {
    company: row.company,
    databaseSize: row.database_size,
    businessLogic: row.business_logic,
    businessPains: row.business_pains,
    databasePains: row.database_pains,
  };
  return {
    ...summaryOf(ctx, row),
    problem: row.problem,
    capability: row.capability,
    need: row.need,
    needNote: row.need_note,
    alternatives: row.alternatives,
    hints: row.hints,
    details: row.hides_details && !row.isInside ? null : details,
    vendors,
    proxyVotes,
    byTrust: segments('trust'),
    byOrganisationKind: segments('organisation-kind'),
    byOrganisationSize: segments('organisation-size'),
    byRole: segments('role'),
    byUse: segments('use'),
    verifiedUses,
    changes,
    claims,
    delivery,
    test: row.test_sql === '' ? null : { sql: row.test_sql, results: testResultsIn(runs) },
    duplicateOf,
    comments,
    commentsFrom: privileges.comment,
    terms,
    viewer: { ...viewer, ...talk, mayTest: !row.is_private && (reader.mayManage || isAuthor) },
  };
}

/** What the test of a wish gave, the newest version first. */
const testResultsIn = (runs: readonly WritingRuns[]): NonNullable<Wish['test']>['results'] =>
  runs
    .flatMap(({ blocks }) => blocks.flatMap(({ results }) => results))
    .toSorted((a, b) => b.major - a.major)
    .map((result) => ({
      version: result.version,
      passes: passesTest(result),
      message: result.error?.message ?? null,
      ranAt: result.ranAt,
    }));

async function listProxyVotes({ db, locale }: Context, wishId: number): Promise<Wish['proxyVotes']> {
  const rows = await db
    .selectFrom('community.wish_proxy_vote as v')
    .innerJoin('community.member as m', 'm.id', 'v.recorded_by')
    .select(['v.id', 'v.customer', 'v.evidence', 'v.strength', 'v.at'])
    .select(cardColumns)
    .where('v.wish_id', '=', wishId)
    .orderBy('v.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    customer: row.customer,
    evidence: row.evidence,
    strength: row.strength,
    recordedBy: cardOf(row, locale),
    at: row.at.toISOString(),
  }));
}

async function listChanges({ db, locale }: Context, wishId: number): Promise<Wish['changes']> {
  const rows = await db
    .selectFrom('community.wish_change as c')
    .leftJoin('community.member as m', 'm.id', 'c.member_id')
    .select(['c.to_state as state', 'c.note', 'c.at', 'c.member_id as memberId'])
    .select(cardColumns)
    .where('c.wish_id', '=', wishId)
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({
    state: row.state as WishState,
    note: row.note,
    by: row.memberId === null ? null : cardOf(row as Parameters<typeof cardOf>[0], locale),
    at: row.at.toISOString(),
  }));
}

async function listClaims({ db }: Context, wishId: number, { member }: Reader): Promise<Claim[]> {
  const rows = await db
    .selectFrom('community.wish_claim as c')
    .innerJoin('community.organisation as o', 'o.id', 'c.organisation_id')
    .select(['c.id', 'c.note', 'o.slug', 'o.name', 'o.id as organisationId'])
    .select(claimDays)
    .select(
      member === undefined
        ? sql<boolean>`false`.as('isOwn')
        : sql<boolean>`exists (select from community.organisation_manager om
            where om.organisation_id = o.id and om.member_id = ${member.id})`.as('isOwn'),
    )
    .where('c.wish_id', '=', wishId)
    .orderBy('c.id')
    .execute();
  const rates = await listKeepRates(
    db,
    rows.map(({ organisationId }) => organisationId),
  );
  return rows.map((row) => ({
    id: row.id,
    organisation: { slug: row.slug, name: row.name },
    dueOn: row.dueOn,
    note: row.note,
    outcome: outcomeOf(row, today()),
    deliveredOn: row.deliveredOn,
    ...(rates.get(row.organisationId) ?? { kept: 0, due: 0 }),
    isOwn: row.isOwn,
  }));
}

const claimDays = [
  sql<string>`c.due_on::text`.as('dueOn'),
  sql<string | null>`c.delivered_on::text`.as('deliveredOn'),
  sql<string | null>`(c.withdrawn_at at time zone 'UTC')::date::text`.as('withdrawnOn'),
];

/** Of organisations: how many of their claims on public wishes were due and how many were kept. Private ones count nowhere. */
async function listKeepRates(
  db: Context['db'],
  organisationIds: readonly string[],
): Promise<Map<string, { kept: number; due: number }>> {
  if (organisationIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('community.wish_claim as c')
    .innerJoin('community.wish as w', 'w.id', 'c.wish_id')
    .select('c.organisation_id as organisationId')
    .select(claimDays)
    .where('c.organisation_id', 'in', [...organisationIds])
    .where('w.is_private', '=', false)
    .execute();
  const day = today();
  return new Map(
    [...Map.groupBy(rows, (row) => row.organisationId)].map(([id, claims]) => [
      id,
      keepRateOf(claims.map((claim) => outcomeOf(claim, day))),
    ]),
  );
}

async function findDuplicate({ db }: Context, id: number | null, reader: Reader) {
  if (id === null) return null;
  const row = await db
    .selectFrom('community.wish as w')
    .select(['w.id', 'w.title'])
    .where('w.id', '=', id)
    .where(maySee(reader))
    .executeTakeFirst();
  return row ?? null;
}

/** A reader with all that the page asks of a member. */
type Visitor = Awaited<ReturnType<typeof readerOf>>;

type Talk = Pick<Wish['viewer'], 'mayComment' | 'follows'>;

/** Whether the reader may say something below a wish, as the command would let them, and whether they follow it. */
async function talkOf(
  ctx: Context,
  { id, isPrivate, state }: { id: number; isPrivate: boolean; state: WishState },
  { member }: Visitor,
  privileges: Privileges,
): Promise<Talk> {
  const isOpen = state !== 'pending' && state !== 'duplicate';
  if (member === undefined || !isOpen) return { mayComment: false, follows: null };
  const { part, follows } = await ctx.db
    .selectFrom('community.wish as w')
    .select([
      takesPart(member).as('part'),
      isFollowed({ kind: 'wish', id: sql.ref('w.id') }, sql`${member.id}`).as('follows'),
    ])
    .where('w.id', '=', id)
    .executeTakeFirstOrThrow();
  const reaches = isPrivate || part || member.reputation >= privileges.comment;
  return {
    mayComment: reaches || (await mayAsStaff(ctx, 'community.post.moderate')),
    follows: isPrivate ? null : follows,
  };
}

async function viewerOf(
  ctx: Context,
  wishId: number,
  reader: Visitor,
  state: WishState,
  terms: WishTerms,
): Promise<Omit<Wish['viewer'], 'mayTest' | keyof Talk>> {
  const { member, mayManage } = reader;
  if (member === undefined)
    return { vote: null, votesLeft: 0, mayVote: false, mayManage, mayClaimFor: [], products: [] };
  const isLiving = livingStates.some((one) => one === state);
  const [own, held, managed] = await Promise.all([
    ctx.db
      .selectFrom('community.wish_vote')
      .select('strength')
      .where('wish_id', '=', wishId)
      .where('member_id', '=', member.id)
      .executeTakeFirst(),
    countHeldVotes(ctx, member.id),
    listManaged(ctx, member.id),
  ]);
  return {
    vote: own?.strength ?? null,
    votesLeft: Math.max(0, budgetOf(member.trustLevel, terms) - held),
    mayVote: isLiving,
    mayManage,
    mayClaimFor: isLiving
      ? managed.filter((one) => one.state === 'verified').map(({ slug, name }) => ({ slug, name }))
      : [],
    products: isLiving && managed.length > 0 ? await listOwnProducts(ctx, member.id) : [],
  };
}

const onRoadmap = 50;

/** Public wishes that are planned, under way and lately delivered, and how many days wishes stay in each state. */
export async function getRoadmap(ctx: Context): Promise<Roadmap> {
  const inState = (state: WishState) =>
    summaries(ctx.db, nobody)
      .where('w.state', '=', state)
      .orderBy('w.state_since', 'desc')
      .orderBy('w.id', 'desc')
      .limit(onRoadmap);
  const [planned, started, delivered, stays] = await Promise.all([
    inState('planned').execute(),
    inState('started').execute(),
    inState('delivered')
      .leftJoin('community.wish_delivery as d', 'd.wish_id', 'w.id')
      .leftJoin('community.organisation as o', 'o.id', 'd.organisation_id')
      .select(sql<string | null>`coalesce(o.name || ' · ', '') || d.title`.as('by'))
      .execute(),
    sql<{ state: WishState; days: number }>`
      select to_state as state, extract(epoch from next - at)::double precision / 86400 as days from (
        select c.to_state, c.at, lead(c.at) over (partition by c.wish_id order by c.id) as next
        from community.wish_change c join community.wish w on w.id = c.wish_id where not w.is_private) s
      where next is not null and to_state in ('open', 'planned', 'started')`.execute(ctx.db),
  ]);
  return {
    planned: planned.map((row) => summaryOf(ctx, row)),
    started: started.map((row) => summaryOf(ctx, row)),
    delivered: delivered.map((row) => ({ ...summaryOf(ctx, row), by: row.by })),
    medianDays: (['open', 'planned', 'started'] as const).map((state) => {
      const days = stays.rows.filter((row) => row.state === state).map((row) => row.days);
      return { state, days: medianOf(days), wishes: days.length };
    }),
  };
}
