import { sql } from 'kysely';
import type { BadgeTier, ShownBadge } from '#src/community/contract/badge-marks.ts';
import type { Badge, BadgeList, BadgePage } from '#src/community/contract/badges.ts';
import { badgeText } from '#src/community/contract/badges.text.ts';
import type { Named } from '#src/community/contract/levels.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';

const byTier = sql`array_position(array['gold', 'silver', 'bronze'], b.tier)`;

/** The badges of a member, the rarest metal first. */
export async function listBadgesOf({ db, locale }: Context, memberId: string): Promise<ShownBadge[]> {
  const rows = await db
    .selectFrom('community.badge_award as a')
    .innerJoin('community.badge as b', 'b.id', 'a.badge_id')
    .select(['b.slug', 'b.tier', 'b.name'])
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('a.member_id', '=', memberId)
    .groupBy('b.id')
    .orderBy(byTier)
    .orderBy('b.id')
    .execute();
  return rows.map(({ slug, tier, name, count }) => ({
    slug,
    tier: tier as BadgeTier,
    name: (name as Named)[locale],
    count,
  }));
}

const badges = ({ db }: Context) =>
  db
    .selectFrom('community.badge as b')
    .select(['b.id', 'b.slug', 'b.tier', 'b.name', 'b.about', 'b.is_retired as isRetired'])
    .select(
      sql<number>`(select count(distinct a.member_id)::integer from community.badge_award a where a.badge_id = b.id)`.as(
        'members',
      ),
    );
type BadgeRow = Awaited<ReturnType<ReturnType<typeof badges>['execute']>>[number];

const badgeIn = (row: BadgeRow, locale: Locale): Badge => ({
  slug: row.slug,
  tier: row.tier as BadgeTier,
  name: (row.name as Named)[locale],
  about: (row.about as Named)[locale],
  members: row.members,
  isRetired: row.isRetired,
});

/** Every badge there is, the rarest metal first. */
export async function listBadges(ctx: Context): Promise<BadgeList> {
  const rows = await badges(ctx).orderBy(byTier).orderBy('b.id').execute();
  return {
    badges: rows.map((row) => badgeIn(row, ctx.locale)),
    mayChange: await mayAsStaff(ctx, 'community.point.manage'),
  };
}

/** A badge with the hundred who got it last. */
export async function getBadge(ctx: Context, slug: string): Promise<BadgePage> {
  const badge = await badges(ctx).where('b.slug', '=', slug).executeTakeFirst();
  if (!badge) throw new AppError('not_found', badgeText.noSuch);
  const awards = await ctx.db
    .selectFrom('community.badge_award as a')
    .innerJoin('community.member as m', 'm.id', 'a.member_id')
    .select('a.at')
    .select(cardColumns)
    .where('a.badge_id', '=', badge.id)
    .where('m.erased_at', 'is', null)
    .orderBy('a.at', 'desc')
    .orderBy('a.id', 'desc')
    .limit(100)
    .execute();
  return {
    badge: badgeIn(badge, ctx.locale),
    awards: awards.map((row) => ({ member: cardOf(row, ctx.locale), at: row.at.toISOString() })),
    mayChange: await mayAsStaff(ctx, 'community.point.manage'),
  };
}
