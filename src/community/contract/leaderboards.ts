import { z } from 'zod';
import { MemberCard } from './members.ts';

export const leaderboardPeriods = ['week', 'month', 'all'] as const;
export const LeaderboardQuery = z.object({ period: z.enum(leaderboardPeriods).default('week') });
export type LeaderboardQuery = z.infer<typeof LeaderboardQuery>;

const Place = z.object({ rank: z.number().int(), points: z.number().int() });

/** Who earned most reputation in a time, a hundred at most; those who earned the same share a rank, and none is left out after it. */
export const Leaderboard = z.object({
  places: z.array(Place.extend({ member: MemberCard })),
  /** Where the reader stands; null for who earned nothing, or wants to be in none. */
  own: Place.nullable(),
});
export type Leaderboard = z.infer<typeof Leaderboard>;
