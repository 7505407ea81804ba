import { sql } from 'kysely';
import {
  type LevelList,
  LevelTerms,
  type OwnLevel,
  type ShownLevel,
} from '#src/community/contract/levels.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireReader } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findSetting, recallSetting } from '../settings/queries.ts';
import { type Kept, levelOf, missingTo, reachedLevel, type Standing } from './rules.ts';

/** What a member has, of the reputation and of the last twelve months of it, and what they keep. */
async function findStanding(
  { db }: Context,
  memberId: string | undefined,
): Promise<{ standing: Standing; kept: Kept | undefined }> {
  if (memberId === undefined) return { standing: { growth: 0, yearly: 0 }, kept: undefined };
  const { growth, yearly, level, fallsAt } = await db
    .selectFrom('community.member as m')
    .leftJoin('community.member_level as l', 'l.member_id', 'm.id')
    .select(['m.reputation as growth', 'l.level', 'l.falls_at as fallsAt'])
    .select(yearlyGrowth.as('yearly'))
    .where('m.id', '=', memberId)
    .executeTakeFirstOrThrow();
  return { standing: { growth, yearly }, kept: level === null ? undefined : { level, fallsAt } };
}

/** Growth of a member `m` in the last twelve months: of entries of that time, without those taken back since. */
export const yearlyGrowth = sql<number>`(select coalesce(sum(e.growth), 0)::integer from community.point_entry e
  where e.member_id = m.id and e.at > now() - interval '12 months' and e.reverses is null
    and not exists (select from community.point_entry r where r.reverses = e.id))`;

/** The level of a member, by its name for the reader. */
export async function findLevel(ctx: Context, memberId: string): Promise<ShownLevel> {
  const { levels } = await recallSetting(ctx.db, 'levels', LevelTerms);
  const { standing, kept } = await findStanding(ctx, memberId);
  const place = levelOf(reachedLevel(standing, levels), kept, new Date(), levels.length - 1);
  return { place, name: levels[place]?.name[ctx.locale] ?? '' };
}

/** The level of the person who asks, and what is missing to the next one. */
export async function getOwnLevel(ctx: Context): Promise<OwnLevel> {
  const reader = await requireReader(ctx);
  const { levels } = await recallSetting(ctx.db, 'levels', LevelTerms);
  const { standing, kept } = await findStanding(ctx, reader?.id);
  const place = levelOf(reachedLevel(standing, levels), kept, new Date(), levels.length - 1);
  const nameOf = (at: number) => levels[at]?.name[ctx.locale] ?? '';
  const next = levels[place + 1];
  const own = levels[place];
  const isFalling = own !== undefined && reachedLevel(standing, levels) < place;
  return {
    level: { place, name: nameOf(place) },
    ...standing,
    fallsAt: isFalling ? (kept?.fallsAt?.toISOString() ?? null) : null,
    keep: isFalling ? missingTo(own, standing) : null,
    next: next
      ? {
          place: place + 1,
          name: nameOf(place + 1),
          takes: { growth: next.growth, yearly: next.yearly },
          missing: missingTo(next, standing),
        }
      : null,
  };
}

/** What each level takes. */
export async function listLevels(ctx: Context): Promise<LevelList> {
  const terms = await findSetting(ctx.db, 'levels', LevelTerms);
  return { ...terms, mayChange: await mayAsStaff(ctx, 'community.point.manage') };
}
