import { sql } from 'kysely';
import { communityText } from '#src/community/contract/community.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { SwapLedger } from '#src/community/contract/placements.ts';
import type { PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findOrganisation } from '../organisations/queries.ts';

/** The swap ledger of a media partner, newest first; for everybody but its managers and those who keep it there is none. */
export async function getLedger(ctx: Context, slug: string, query: PageQuery): Promise<SwapLedger> {
  const mayEnter = await mayAsStaff(ctx, 'community.placement.enter');
  if (!mayEnter && ctx.actor.kind === 'key') throw new AppError('forbidden', communityText.personOnly);
  const organisation = await findOrganisation(ctx, slug);
  if (!organisation || (!organisation.isManager && !mayEnter))
    throw new AppError('not_found', organisationText.noSuch);
  const before = readNumberCursor(query.cursor);
  const [rows, balances] = await Promise.all([
    ctx.db
      .selectFrom('community.placement as p')
      .leftJoin('community.member as m', 'm.id', 'p.entered_by')
      .selectAll('p')
      .select(cardColumns)
      .select(sql<string>`p.day::text`.as('date'))
      .select(
        sql<boolean>`exists (select from community.placement r where r.reverses = p.id)`.as('isReversed'),
      )
      .where('p.organisation_id', '=', organisation.id)
      .$if(before !== undefined, (q) => q.where('p.id', '<', before ?? 0))
      .orderBy('p.id', 'desc')
      .limit(query.limit + 1)
      .execute(),
    listBalances(ctx, organisation.id),
  ]);
  const items = rows.slice(0, query.limit);
  return {
    items: items.map((row) => ({
      id: row.id,
      direction: row.direction,
      title: row.title,
      url: row.url,
      valueMinor: row.value_minor,
      currency: row.currency,
      day: row.date,
      enteredBy: row.entered_by === null ? null : cardOf(row as Parameters<typeof cardOf>[0], ctx.locale),
      enteredAt: row.entered_at.toISOString(),
      reverses: row.reverses,
      isReversed: row.isReversed,
    })),
    nextCursor: rows.length > query.limit ? writeCursor([items.at(-1)?.id ?? 0]) : null,
    balances,
    mayEnter,
  };
}

async function listBalances({ db }: Context, organisationId: string): Promise<SwapLedger['balances']> {
  // A reversal counts against its own direction.
  const amount = sql`case when reverses is null then value_minor else -value_minor end`;
  const rows = await db
    .selectFrom('community.placement')
    .select('currency')
    .select(
      sql<number>`coalesce(sum(${amount}) filter (where direction = 'given'), 0)::int8`.as('givenMinor'),
    )
    .select(
      sql<number>`coalesce(sum(${amount}) filter (where direction = 'received'), 0)::int8`.as(
        'receivedMinor',
      ),
    )
    .where('organisation_id', '=', organisationId)
    .groupBy('currency')
    .orderBy('currency')
    .execute();
  return rows.map((row) => ({ ...row, balanceMinor: row.givenMinor - row.receivedMinor }));
}
