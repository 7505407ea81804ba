import { sql } from 'kysely';
import type { Named } from '#src/community/contract/levels.ts';
import type {
  Coupon,
  HandledQuery,
  HandledRedemption,
  Redemption,
  RedemptionState,
  RewardKind,
  RewardShop,
} from '#src/community/contract/rewards.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { readTimeCursor, writeCursor } from '#src/platform/server/pages.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { requireReader } from '../members/require-member.ts';
import { mayAsStaff, requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { addressSeal } from './rules.ts';

/** What points can be redeemed for; those who manage the shop see what is not shown, too. */
export async function getShop(ctx: Context): Promise<RewardShop> {
  const mayManage = await mayAsStaff(ctx, 'community.reward.manage');
  const reader = await findReader(ctx);
  const rows = await ctx.db
    .selectFrom('community.reward')
    .select(['id', 'kind', 'name', 'about', 'price', 'stock', 'is_listed as isListed'])
    .$if(!mayManage, (q) => q.where('is_listed', '=', true))
    .orderBy('price')
    .orderBy('id')
    .limit(200)
    .execute();
  const own =
    reader &&
    (await ctx.db
      .selectFrom('community.member')
      .select('points')
      .where('id', '=', reader.id)
      .executeTakeFirstOrThrow());
  return {
    rewards: rows.map((row) => ({
      ...row,
      kind: row.kind as RewardKind,
      name: (row.name as Named)[ctx.locale],
      about: (row.about as Named)[ctx.locale],
    })),
    points: own?.points ?? null,
    coupons: reader ? await listOpenCoupons(ctx, reader.id) : [],
    mayManage,
  };
}

async function listOpenCoupons({ db }: Context, memberId: string): Promise<Coupon[]> {
  const rows = await db
    .selectFrom('community.coupon')
    .select(['id', 'worth', 'given_at'])
    .where('member_id', '=', memberId)
    .where('state', '=', 'open')
    .orderBy('given_at')
    .limit(100)
    .execute();
  return rows.map(({ id, worth, given_at }) => ({ id, worth, givenAt: given_at.toISOString() }));
}

const redemptions = ({ db }: Context) =>
  db
    .selectFrom('community.redemption as r')
    .innerJoin('community.reward as w', 'w.id', 'r.reward_id')
    .select(['r.id', 'r.state', 'r.price', 'r.ordered_at', 'r.sent_at', 'r.ended_at', 'r.note'])
    .select(['w.name', 'w.kind']);

const redemptionIn = (
  row: Awaited<ReturnType<ReturnType<typeof redemptions>['execute']>>[number],
  locale: Locale,
): Redemption => ({
  id: row.id,
  reward: (row.name as Named)[locale],
  kind: row.kind as RewardKind,
  state: row.state as RedemptionState,
  price: row.price,
  orderedAt: row.ordered_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  note: row.note,
});

/** What the person who asks redeemed, newest first. */
export async function listOwnRedemptions(ctx: Context): Promise<Redemption[]> {
  const reader = await requireReader(ctx);
  if (!reader) return [];
  const rows = await redemptions(ctx)
    .where('r.member_id', '=', reader.id)
    .orderBy('r.ordered_at', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => redemptionIn(row, ctx.locale));
}

/** Redemptions for those who send them: open ones the oldest first, with where to; all, or those for the tax, the newest first. */
export async function listRedemptions(
  ctx: Context,
  query: HandledQuery,
): Promise<{ items: HandledRedemption[]; nextCursor: string | null }> {
  await requireStaff(ctx, 'community.reward.manage');
  const [at, id] = readTimeCursor(query.cursor) ?? [];
  const isOpen = query.view === 'open';
  const rows = await redemptions(ctx)
    .innerJoin('community.member as m', 'm.id', 'r.member_id')
    .select(['r.address_sealed', 'r.value_minor', 'r.currency', 'r.is_taxable'])
    .select(sql<string>`r.ordered_at::text`.as('place'))
    .select(cardColumns)
    .$if(isOpen, (q) => q.where('r.ended_at', 'is', null))
    .$if(query.view === 'taxable', (q) => q.where('r.is_taxable', '=', true))
    .$if(id !== undefined, (q) =>
      q.where(
        isOpen
          ? sql<boolean>`(r.ordered_at, r.id) > (${at}::timestamptz, ${id}::uuid)`
          : sql<boolean>`(r.ordered_at, r.id) < (${at}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy('r.ordered_at', isOpen ? 'asc' : 'desc')
    .orderBy('r.id', isOpen ? 'asc' : 'desc')
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => ({
      ...redemptionIn(row, ctx.locale),
      member: cardOf(row, ctx.locale),
      address:
        row.address_sealed === null
          ? null
          : theVault().open(row.address_sealed, addressSeal(row.id)).toString('utf8'),
      valueMinor: row.value_minor,
      currency: row.currency,
      isTaxable: row.is_taxable,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.place, last.id]) : null,
  };
}
