import { sql } from 'kysely';
import {
  everywhere,
  type ListedProduct,
  type ListedService,
  type Offering,
  type OfferingRelease,
  type OfferingRevision,
  Product,
  type ProductQuery,
  Service,
  type ServiceQuery,
  type WaitingOffering,
} from '#src/community/contract/offerings.ts';
import { offeringText } from '#src/community/contract/offerings.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { likeLiteral } from '#src/platform/server/db.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { findOrganisation, findReader, isBound } from '../organisations/queries.ts';
import { freshMonths, isStale } from '../organisations/rules.ts';
import { wordsOf } from './rules.ts';

/** What readers find: approved, of a verified organisation, and both said to be right within twelve months. */
const shown = ({ db }: Context) =>
  db
    .selectFrom('community.offering as f')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .innerJoin('community.offering_revision as r', (join) =>
      join.onRef('r.offering_id', '=', 'f.id').onRef('r.number', '=', 'f.shown_revision'),
    )
    .select(['f.id', 'f.name', 'o.slug', 'o.name as organisationName', 'r.content'])
    .where('f.is_withdrawn', '=', false)
    .where('o.state', '=', 'verified')
    .where(
      sql<boolean>`least(f.confirmed_at, o.confirmed_at) > now() - make_interval(months => ${sql.lit(freshMonths)})`,
    )
    .orderBy('f.name')
    .orderBy('f.id');

type ShownRow = { id: number; name: string; slug: string; organisationName: string; content: unknown };

/** The last row of a page, as the cursor of the next. */
function pageOf<T>(rows: ShownRow[], limit: number, read: (row: ShownRow) => T): Page<T> {
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(read),
    nextCursor: rows.length > limit && last ? writeCursor([last.name, last.id]) : null,
  };
}

const offeredBy = (row: ShownRow) => ({
  id: row.id,
  organisation: { slug: row.slug, name: row.organisationName },
});

function after(cursor: string | undefined) {
  const [name, id] = readCursor(cursor, 2) ?? [];
  return name === undefined
    ? sql<boolean>`true`
    : sql<boolean>`(f.name, f.id) > (${String(name)}, ${Number.isSafeInteger(id) ? id : 0})`;
}

/** Products by name, of one category, by a part of their name. */
export async function listProducts(ctx: Context, query: ProductQuery): Promise<Page<ListedProduct>> {
  const rows = await shown(ctx)
    .where('f.kind', '=', 'product')
    .where(after(query.cursor))
    .$if(query.category !== undefined, (q) =>
      q.where(sql<boolean>`r.content->>'category' = ${query.category ?? ''}`),
    )
    .$if(!!query.q, (q) => q.where('f.name', 'ilike', `%${likeLiteral(query.q ?? '')}%`))
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, query.limit, (row) => ({ ...Product.parse(row.content), ...offeredBy(row) }));
}

/** Services by name that are offered in a region, in a language, of a kind; what is offered everywhere is offered there, too. */
export async function listServices(ctx: Context, query: ServiceQuery): Promise<Page<ListedService>> {
  const { region, language, kind } = query;
  const rows = await shown(ctx)
    .where('f.kind', '=', 'service')
    .where(after(query.cursor))
    .$if(region !== undefined, (q) =>
      q.where(sql<boolean>`f.regions && ${[region ?? '', everywhere]}::text[]`),
    )
    .$if(language !== undefined, (q) => q.where(sql<boolean>`f.languages @> ${[language ?? '']}::text[]`))
    .$if(kind !== undefined, (q) => q.where(sql<boolean>`f.service_kinds @> ${[kind ?? '']}::text[]`))
    .limit(query.limit + 1)
    .execute();
  return pageOf(rows, query.limit, (row) => ({ ...Service.parse(row.content), ...offeredBy(row) }));
}

/** What an organisation offers, as readers of its page see it; stale ones are left out. */
export async function listOffered(
  ctx: Context,
  organisationId: string,
): Promise<{ products: ListedProduct[]; services: ListedService[] }> {
  const rows = await shown(ctx)
    .select('f.kind')
    .where('f.organisation_id', '=', organisationId)
    .limit(100)
    .execute();
  return {
    products: rows
      .filter(({ kind }) => kind === 'product')
      .map((row) => ({ ...Product.parse(row.content), ...offeredBy(row) })),
    services: rows
      .filter(({ kind }) => kind === 'service')
      .map((row) => ({ ...Service.parse(row.content), ...offeredBy(row) })),
  };
}

/** One product or service with its history. What was never approved is there only for its managers and those who review. */
export async function getOffering(ctx: Context, id: number): Promise<Offering> {
  const row = await ctx.db
    .selectFrom('community.offering as f')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .selectAll('f')
    .select('o.slug')
    .where('f.id', '=', id)
    .executeTakeFirst();
  const organisation = row && (await findOrganisation(ctx, row.slug));
  if (!row || !organisation) throw new AppError('not_found', offeringText.noSuch);
  const seesAll = organisation.isManager || organisation.mayVerify;
  const isPublic = organisation.state === 'verified' && row.shown_revision !== null && !row.is_withdrawn;
  if (!seesAll && !isPublic) throw new AppError('not_found', offeringText.noSuch);
  const revisions = await listRevisions(ctx, row, seesAll);
  const now = revisions.find(({ number }) => number === row.shown_revision);
  return {
    id: row.id,
    kind: row.kind,
    organisation: { slug: organisation.slug, name: organisation.name },
    product: now?.product ?? null,
    service: now?.service ?? null,
    aboutHtml: renderMarkdown((now?.product ?? now?.service)?.about ?? '').html,
    isWithdrawn: row.is_withdrawn,
    isStale: isStale(row.confirmed_at, new Date()),
    confirmedAt: row.confirmed_at.toISOString(),
    revisions,
    releases: await listReleases(ctx, id),
    viewer: { isManager: organisation.isManager, mayReview: organisation.mayVerify && !organisation.isOwn },
  };
}

async function listReleases({ db }: Context, offeringId: number): Promise<OfferingRelease[]> {
  return db
    .selectFrom('community.offering_release')
    .select(['version', 'url'])
    .select([
      sql<string>`released_on::text`.as('releasedOn'),
      sql<boolean>`released_on <= (now() at time zone 'UTC')::date`.as('isOut'),
    ])
    .where('offering_id', '=', offeringId)
    .orderBy('released_on', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}

/** A product that readers can see, with whose it is; undefined for all others. */
export async function findProduct({ db }: Context, id: number) {
  return db
    .selectFrom('community.offering as f')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .select(['f.id', 'f.name', 'o.slug'])
    .where('f.id', '=', id)
    .where(isPublicProduct)
    .executeTakeFirst();
}

/** Of `offering f` and its `organisation o`. */
export const isPublicOffering = sql<boolean>`(f.shown_revision is not null and not f.is_withdrawn and o.state = 'verified')`;
export const isPublicProduct = sql<boolean>`(f.kind = 'product' and ${isPublicOffering})`;

async function listRevisions(
  ctx: Context,
  { id, kind }: { id: number; kind: 'product' | 'service' },
  seesAll: boolean,
): Promise<OfferingRevision[]> {
  const rows = await ctx.db
    .selectFrom('community.offering_revision as r')
    .innerJoin('community.member as m', 'm.id', 'r.editor_id')
    .select(['r.number', 'r.state', 'r.content', 'r.at', 'r.refused_reason', 'r.reviewed_by'])
    .select(cardColumns)
    .where('r.offering_id', '=', id)
    .$if(!seesAll, (query) => query.where('r.state', '=', 'approved'))
    .orderBy('r.number', 'desc')
    .limit(100)
    .execute();
  const reviewerIds = rows.flatMap(({ reviewed_by }) => reviewed_by ?? []);
  const reviewers =
    reviewerIds.length === 0
      ? []
      : await ctx.db
          .selectFrom('community.member as m')
          .select('m.id')
          .select(cardColumns)
          .where('m.id', 'in', reviewerIds)
          .execute();
  return rows.map((row) => {
    const reviewer = reviewers.find((one) => one.id === row.reviewed_by);
    return {
      number: row.number,
      state: row.state,
      ...wordsOf(kind, row.content),
      editor: cardOf(row, ctx.locale),
      at: row.at.toISOString(),
      reviewer: reviewer ? cardOf(reviewer, ctx.locale) : null,
      refusedReason: row.refused_reason,
    };
  });
}

/** Products and services that wait for review, the oldest first. */
export async function listWaitingOfferings(ctx: Context): Promise<WaitingOffering[]> {
  const reader = await findReader(ctx);
  const rows = await ctx.db
    .selectFrom('community.offering_revision as r')
    .innerJoin('community.offering as f', 'f.id', 'r.offering_id')
    .innerJoin('community.organisation as o', 'o.id', 'f.organisation_id')
    .select(['f.id', 'f.kind', 'r.number', 'r.at', 'o.id as organisationId', 'o.slug', 'o.name'])
    .select(sql<string>`r.content->>'name'`.as('offered'))
    .where('r.state', '=', 'pending')
    .where('f.is_withdrawn', '=', false)
    .where('o.state', '=', 'verified')
    .orderBy('r.at')
    .limit(100)
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      kind: row.kind,
      organisation: { slug: row.slug, name: row.name },
      name: row.offered,
      number: row.number,
      at: row.at.toISOString(),
      isOwn: reader ? await isBound(ctx, row.organisationId, reader.id) : false,
    })),
  );
}

/** What an organisation's managers have listed, whatever its state. */
export async function listManagedOfferings(ctx: Context, organisationId: string) {
  return ctx.db
    .selectFrom('community.offering as f')
    .select(['f.id', 'f.kind', 'f.name', 'f.is_withdrawn as isWithdrawn'])
    .select(sql<boolean>`f.shown_revision is not null`.as('isShown'))
    .select(
      sql<boolean>`exists (select from community.offering_revision r where r.offering_id = f.id and r.state = 'pending')`.as(
        'isWaiting',
      ),
    )
    .select(
      sql<boolean>`f.confirmed_at <= now() - make_interval(months => ${sql.lit(freshMonths)})`.as('isStale'),
    )
    .where('f.organisation_id', '=', organisationId)
    .orderBy('f.kind')
    .orderBy('f.name')
    .limit(200)
    .execute();
}
