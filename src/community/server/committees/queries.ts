import { sql } from 'kysely';
import {
  boardSlug,
  type Committee,
  type ListedCommittee,
  type Matter,
  type Office,
  type Queue,
  type Seat,
  type SeatOrigin,
  type Waiting,
} from '#src/community/contract/committees.ts';
import { committeeText } from '#src/community/contract/committees.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { type Span, listMeasures } from '../measures/queries.ts';
import { cardAt, cardColumns, cardOf } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { mayFill, measuresOf, permitsOf } from './seats.rules.ts';

const byOffice = sql`array_position(array['chair', 'deputy', 'member'], s.office)`;

async function listSeats(ctx: Context, committeeId?: string): Promise<(Seat & { committeeId: string })[]> {
  const rows = await ctx.db
    .selectFrom('community.committee_seat as s')
    .innerJoin('community.member as m', 'm.id', 's.member_id')
    .select(['s.id', 's.committee_id', 's.office', 's.origin', ...cardColumns])
    .select([
      sql<Date>`lower(s.period)`.as('from'),
      sql<Date>`upper(s.period)`.as('until'),
      sql<Seat['standing']>`case when s.period @> now() then 'now'
        when lower(s.period) > now() then 'later' else 'past' end`.as('standing'),
    ])
    .$if(committeeId !== undefined, (q) => q.where('s.committee_id', '=', committeeId!))
    .$if(committeeId === undefined, (q) => q.where(sql<boolean>`s.period @> now()`))
    .orderBy(byOffice)
    .orderBy(sql`upper(s.period)`, 'desc')
    .orderBy('s.created_at')
    .limit(1000)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    committeeId: row.committee_id,
    member: cardOf(row, ctx.locale),
    office: row.office as Office,
    from: row.from.toISOString(),
    until: row.until.toISOString(),
    standing: row.standing,
    origin: row.origin as SeatOrigin,
  }));
}

const committees = ({ db }: Context) =>
  db
    .selectFrom('community.committee as c')
    .selectAll('c')
    .select(
      sql<number>`(select count(*)::int from community.committee_matter t
        where t.committee_id = c.id and t.state = 'open')`.as('openMatters'),
    )
    .orderBy('c.position');
type Row = Awaited<ReturnType<ReturnType<typeof committees>['executeTakeFirstOrThrow']>>;

const nameOf = (row: Pick<Row, 'name_en' | 'name_zh'>, { locale }: Context) =>
  locale === 'en' ? row.name_en : row.name_zh;

function listedOf(row: Row, seats: Seat[], ctx: Context): ListedCommittee {
  return {
    slug: row.slug,
    name: nameOf(row, ctx),
    mission: ctx.locale === 'en' ? row.mission_en : row.mission_zh,
    seats,
    openMatters: row.openMatters,
  };
}

function withoutCommittee(held: Seat & { committeeId: string }): Seat {
  const { id, member, office, from, until, standing, origin } = held;
  return { id, member, office, from, until, standing, origin };
}

/** Every committee with those who hold its seats now, the board first. */
export async function listCommittees(ctx: Context): Promise<ListedCommittee[]> {
  const [rows, seats] = await Promise.all([committees(ctx).execute(), listSeats(ctx)]);
  return rows.map((row) =>
    listedOf(row, seats.filter(({ committeeId }) => committeeId === row.id).map(withoutCommittee), ctx),
  );
}

/** A committee by its name in addresses, with what the reader is in it. */
export async function getSeatOf(ctx: Context, slug: string) {
  const committee = await ctx.db
    .selectFrom('community.committee')
    .select(['id', 'slug', 'name_en', 'name_zh'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!committee) throw new AppError('not_found', committeeText.noSuch);
  const reader = await findReader(ctx);
  const seat = reader
    ? await ctx.db
        .selectFrom('community.committee_seat as s')
        .select(['s.id', 's.office'])
        .where('s.committee_id', '=', committee.id)
        .where('s.member_id', '=', reader.id)
        .where(sql<boolean>`s.period @> now()`)
        .orderBy(byOffice)
        .executeTakeFirst()
    : undefined;
  const managesAll = await mayAsStaff(ctx, 'community.committee.manage');
  return {
    committee: { ...committee, name: nameOf(committee, ctx) },
    reader,
    office: (seat?.office as Office | undefined) ?? null,
    seatId: seat?.id ?? null,
    managesAll,
  };
}

/** The running year, as UTC has it. */
export function thisYear(now: Date): Span {
  const year = now.getUTCFullYear();
  return { from: new Date(Date.UTC(year, 0, 1)), until: new Date(Date.UTC(year + 1, 0, 1)) };
}

/** The page of a committee: who held its seats when, what they permit, what it reached this year. */
export async function getCommittee(ctx: Context, slug: string): Promise<Committee> {
  const { committee, reader, office, seatId, managesAll } = await getSeatOf(ctx, slug);
  const [row, seats, measures, applied] = await Promise.all([
    committees(ctx).where('c.id', '=', committee.id).executeTakeFirstOrThrow(),
    listSeats(ctx, committee.id),
    listMeasures(ctx.db, measuresOf(slug), thisYear(new Date())),
    reader
      ? ctx.db
          .selectFrom('community.core_application')
          .select('id')
          .where('committee_id', '=', committee.id)
          .where('member_id', '=', reader.id)
          .where('state', '=', 'open')
          .executeTakeFirst()
      : undefined,
  ]);
  const now = seats.filter(({ standing }) => standing === 'now').map(withoutCommittee);
  return {
    ...listedOf(row, now, ctx),
    otherSeats: seats.filter(({ standing }) => standing !== 'now').map(withoutCommittee),
    permissions: [...permitsOf(slug)],
    measures,
    viewer: {
      office,
      ownSeat: seatId,
      mayFill: mayFill(slug, office, managesAll),
      hasApplied: applied !== undefined,
      mayRead: office !== null || managesAll,
    },
  };
}

/** What waits for a committee; those without a seat in it see what they brought before it themselves. */
export async function getQueue(ctx: Context, slug: string): Promise<Queue> {
  requirePerson(ctx);
  const { committee, reader, office, managesAll } = await getSeatOf(ctx, slug);
  const mayRead = office !== null || managesAll;
  if (!mayRead && !reader) return { waiting: [], matters: [] };
  const rows = await ctx.db
    .selectFrom('community.committee_matter as t')
    .innerJoin('community.member as m', 'm.id', 't.filed_by')
    .selectAll('t')
    .select(cardColumns)
    .select(cardAt('t.assigned_to').as('assigned'))
    .where('t.committee_id', '=', committee.id)
    .$if(!mayRead, (q) => q.where('t.filed_by', '=', reader!.id))
    .orderBy(sql`t.state = 'open'`, 'desc')
    .orderBy(sql`case when t.state = 'open' then t.filed_at end`)
    .orderBy('t.closed_at', 'desc')
    .limit(200)
    .execute();
  return {
    waiting: mayRead ? await listWaiting(ctx, slug, committee.id) : [],
    matters: rows.map((row): Matter => ({
      id: row.id,
      committee: slug,
      title: row.title,
      html: row.html,
      filedBy: cardOf(row, ctx.locale),
      filedAt: row.filed_at.toISOString(),
      assignedTo: row.assigned === null ? null : cardOf(row.assigned, ctx.locale),
      state: row.state,
      answer: row.answer,
      closedAt: row.closed_at?.toISOString() ?? null,
    })),
  };
}

/** What waits elsewhere for those who hold a permission. */
const elsewhere: { permission: string; what: Waiting['what']; href: string; rows: string }[] = [
  {
    permission: 'community.organisation.verify',
    what: 'organisations',
    href: '/organisations/review',
    rows: `community.organisation where state = 'pending'`,
  },
  {
    permission: 'community.organisation.verify',
    what: 'offerings',
    href: '/organisations/review',
    rows: `community.offering_revision where state = 'pending'`,
  },
  {
    permission: 'community.expert.approve',
    what: 'experts',
    href: '/experts/applications',
    rows: `community.expert where state = 'applied'`,
  },
  {
    permission: 'community.campus-chapter.approve',
    what: 'campus-chapters',
    href: '/chapters',
    rows: `community.chapter c join community.organisation o on o.id = c.organisation_id
      where c.state = 'pending' and o.kind = 'university'`,
  },
  {
    permission: 'community.chapter.approve',
    what: 'chapters',
    href: '/chapters',
    rows: `community.chapter where state = 'pending'`,
  },
  {
    permission: 'community.post.moderate',
    what: 'reviews',
    href: '/moderation',
    rows: `community.post where state = 'pending'`,
  },
];

async function listWaiting(ctx: Context, slug: string, committeeId: string): Promise<Waiting[]> {
  const permits = permitsOf(slug);
  const all = [
    {
      what: 'applications' as const,
      href: `/core-applications?committee=${slug}`,
      rows: sql`community.core_application where state = 'open' and committee_id = ${committeeId}`,
    },
    ...elsewhere
      .filter(({ permission }) => permits.includes(permission))
      .map(({ what, href, rows }) => ({ what, href, rows: sql.raw(rows) })),
  ];
  const counted = await Promise.all(
    all.map(async ({ what, href, rows: those }) => {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${those}`.execute(
        ctx.db,
      );
      return { what, href, count: rows[0]?.count ?? 0 };
    }),
  );
  return counted.filter(({ count }) => count > 0);
}

/** The committees in whose name the reader acts: those where they hold a seat, or all. */
export async function listOwnCommittees(ctx: Context): Promise<{ slug: string; name: string }[]> {
  const reader = await findReader(ctx);
  const managesAll = await mayAsStaff(ctx, 'community.committee.manage');
  if (!reader && !managesAll) return [];
  const rows = await ctx.db
    .selectFrom('community.committee as c')
    .select(['c.slug', 'c.name_en', 'c.name_zh'])
    .$if(!managesAll, (q) =>
      q.where(
        sql<boolean>`exists (select from community.committee_seat s
          where s.committee_id = c.id and s.member_id = ${reader?.id} and s.period @> now())`,
      ),
    )
    .orderBy('c.position')
    .execute();
  return rows.map((row) => ({ slug: row.slug, name: nameOf(row, ctx) }));
}

/** Who votes for a committee: those who hold a seat in it; where nobody does, those of the board. */
export async function listElectors(ctx: Context, committeeId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with held as (select s.member_id, s.committee_id from community.committee_seat s where s.period @> now())
    select distinct member_id as id from held where committee_id = ${committeeId}
    union
    select distinct h.member_id from held h join community.committee b on b.id = h.committee_id
    where b.slug = ${boardSlug} and not exists (select from held where committee_id = ${committeeId})`.execute(
    ctx.db,
  );
  return rows.map(({ id }) => id);
}
