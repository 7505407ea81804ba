import { type SqlBool, sql } from 'kysely';
import type { WrittenPost } from '#src/community/contract/members.ts';
import type {
  PointEntry,
  PointRule,
  PointRules,
  Statement,
  StatementQuery,
} from '#src/community/contract/points.ts';
import { ruledCauses } from '#src/community/contract/points.ts';
import { requirePerson } from '../members/require-member.ts';
import type { Context } from '#src/platform/server/context.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

type Entries = { items: PointEntry[]; nextCursor: string | null };

/** Entries of a member's points, newest first; in one balance those that change it. */
export async function listEntries(
  { db }: Context,
  memberId: string,
  query: StatementQuery,
): Promise<Entries> {
  const before = readNumberCursor(query.cursor);
  const rows = await db
    .selectFrom('community.point_entry as e')
    .leftJoin('community.post as p', (join) =>
      join.onRef('p.id', '=', 'e.post_id').on('p.state', '=', 'published'),
    )
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select(['e.id', 'e.growth', 'e.spendable', 'e.cause', 'e.at', 'e.reverses'])
    .select(['p.id as postId', 'p.kind', 'p.parent_id as parentId'])
    .select([
      sql<string | null>`coalesce(p.title, q.title)`.as('title'),
      sql<string | null>`coalesce(q.slug, p.slug)`.as('slug'),
      sql<SqlBool>`p.kind <> 'answer' or q.state = 'published'`.as('isShown'),
    ])
    .where('e.member_id', '=', memberId)
    .$if(query.view !== 'all', (q) => q.where(`e.${query.view as 'growth' | 'spendable'}`, '<>', 0))
    .$if(before !== undefined, (q) => q.where('e.id', '<', before!))
    .orderBy('e.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit).map((row): PointEntry => ({
    id: row.id,
    growth: row.growth,
    spendable: row.spendable,
    cause: row.cause,
    isReversal: row.reverses !== null,
    at: row.at.toISOString(),
    post:
      row.postId === null || !row.isShown
        ? null
        : {
            id: row.postId,
            kind: row.kind as WrittenPost['kind'],
            parentId: row.parentId,
            title: row.title ?? '',
            slug: row.slug ?? '',
          },
  }));
  const last = items.at(-1);
  return { items, nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null };
}

/** The points of the person who asks: both balances, what is held in bounties, and the entries behind them. */
export async function getStatement(ctx: Context, query: StatementQuery): Promise<Statement> {
  requirePerson(ctx);
  const reader = await findReader(ctx);
  if (!reader) return { items: [], nextCursor: null, balances: { growth: 0, spendable: 0 }, held: 0 };
  const { growth, spendable, held } = await ctx.db
    .selectFrom('community.member as m')
    .select(['m.reputation as growth', 'm.points as spendable'])
    .select(
      sql<number>`(select coalesce(sum(b.amount), 0)::integer from community.bounty b
        where b.offered_by = m.id and b.state = 'open')`.as('held'),
    )
    .where('m.id', '=', reader.id)
    .executeTakeFirstOrThrow();
  const entries = await listEntries(ctx, reader.id, query);
  return { ...entries, balances: { growth, spendable }, held };
}

/** What every cause brings now, and what it brought before or will. */
export async function listRules(ctx: Context): Promise<PointRules> {
  const rows = await ctx.db
    .selectFrom('community.point_rule as r')
    .leftJoin('community.member as m', 'm.id', 'r.changed_by')
    .select(['r.cause', 'r.version', 'r.growth', 'r.spendable', 'r.daily_cap', 'r.actor_cap'])
    .select([sql<Date>`lower(r.valid)`.as('starts'), sql<Date | null>`upper(r.valid)`.as('ends')])
    .select(sql<boolean>`r.valid @> now()`.as('holds'))
    .select(cardColumns)
    .orderBy('r.id', 'desc')
    .execute();
  const rules = rows.map((row) => ({
    holds: row.holds,
    rule: {
      cause: row.cause,
      version: row.version,
      growth: row.growth,
      spendable: row.spendable,
      dailyCap: row.daily_cap,
      actorCap: row.actor_cap,
      from: row.starts.toISOString(),
      until: row.ends?.toISOString() ?? null,
      changedBy: row.memberHandle === null ? null : cardOf(row as Parameters<typeof cardOf>[0], ctx.locale),
    } satisfies PointRule,
  }));
  const place = (cause: string) => ruledCauses.findIndex((one) => one === cause);
  return {
    now: rules
      .flatMap(({ holds, rule }) => (holds ? [rule] : []))
      .toSorted((a, b) => place(a.cause) - place(b.cause)),
    others: rules.flatMap(({ holds, rule }) => (holds ? [] : [rule])),
    mayChange: await mayAsStaff(ctx, 'community.point.manage'),
  };
}
