import type { TrustNeed } from '#src/community/contract/moderation.ts';

/** What a member did, as far as trust goes. */
export type Deeds = {
  daysSinceJoining: number;
  /** Public posts and comments, without what was flagged away. */
  writings: number;
  upVotes: number;
  /** Distinct members who voted for them. */
  voters: number;
  /** Of the last hundred days. */
  recent: {
    activeDays: number;
    writings: number;
    upVotes: number;
    voters: number;
    /** Flags against their writings that reviewers agreed with. */
    agreedFlags: number;
    /** Times they were suspended or silenced. */
    suspensions: number;
  };
};

/** Of somebody who has just come. */
export const noDeeds: Deeds = {
  daysSinceJoining: 0,
  writings: 0,
  upVotes: 0,
  voters: 0,
  recent: { activeDays: 0, writings: 0, upVotes: 0, voters: 0, agreedFlags: 0, suspensions: 0 },
};

type Need = {
  name: TrustNeed['name'];
  /** At least so much; or at most, where it counts against the member. */
  need: number;
  isLimit?: boolean;
  have(deeds: Deeds): number;
};

/**
 * What each level takes. The steps are those of Discourse (a day, two weeks, a hundred days), but what counts is what others
 * found useful, and not how much was scrolled by. Level 4 is given by staff alone.
 */
export const needsOf: Record<1 | 2 | 3, readonly Need[]> = {
  1: [
    { name: 'days', need: 1, have: (d) => d.daysSinceJoining },
    { name: 'writings', need: 2, have: (d) => d.writings },
    { name: 'agreed-flags', need: 2, isLimit: true, have: (d) => d.recent.agreedFlags },
  ],
  2: [
    { name: 'days', need: 15, have: (d) => d.daysSinceJoining },
    { name: 'writings', need: 10, have: (d) => d.writings },
    { name: 'up-votes', need: 5, have: (d) => d.upVotes },
    { name: 'voters', need: 3, have: (d) => d.voters },
    { name: 'agreed-flags', need: 2, isLimit: true, have: (d) => d.recent.agreedFlags },
    { name: 'suspensions', need: 0, isLimit: true, have: (d) => d.recent.suspensions },
  ],
  3: [
    { name: 'days', need: 50, have: (d) => d.daysSinceJoining },
    { name: 'active-days', need: 20, have: (d) => d.recent.activeDays },
    { name: 'writings', need: 20, have: (d) => d.recent.writings },
    { name: 'up-votes', need: 30, have: (d) => d.recent.upVotes },
    { name: 'voters', need: 10, have: (d) => d.recent.voters },
    { name: 'agreed-flags', need: 1, isLimit: true, have: (d) => d.recent.agreedFlags },
    { name: 'suspensions', need: 0, isLimit: true, have: (d) => d.recent.suspensions },
  ],
};

/** What a level takes and how much of it is there. */
export function compareNeeds(level: 1 | 2 | 3, deeds: Deeds): TrustNeed[] {
  return needsOf[level].map(({ name, need, isLimit = false, have }) => {
    const has = have(deeds);
    return { name, have: has, need, isLimit, isMet: isLimit ? has <= need : has >= need };
  });
}

const meets = (level: 1 | 2 | 3, deeds: Deeds) => compareNeeds(level, deeds).every(({ isMet }) => isMet);

/** The level that the rules give for these deeds: each level takes what those below it take. */
export function earnedLevel(deeds: Deeds): 0 | 1 | 2 | 3 {
  for (const level of [1, 2, 3] as const) if (!meets(level, deeds)) return (level - 1) as 0 | 1 | 2;
  return 3;
}

export type Verdict =
  | { change: 'none' }
  | { change: 'raise' | 'lower'; to: number }
  | { change: 'begin-grace' | 'end-grace' };

/**
 * What becomes of a level: raised at once, lowered only by one and only after a time of grace in which it was still missing
 * what it needs. Levels 1 and 2 are lost by flags and suspensions alone: an absence costs only level 3. Level 4 stays.
 */
export function nextLevel(level: number, deeds: Deeds, grace: { until: Date | null; now: Date }): Verdict {
  if (level >= 4) return { change: 'none' };
  const earned = earnedLevel(deeds);
  if (earned > level) return { change: 'raise', to: earned };
  const keeps = level === 0 || earned === level || (level < 3 && breaksNoLimit(level as 1 | 2, deeds));
  if (keeps) return grace.until === null ? { change: 'none' } : { change: 'end-grace' };
  if (grace.until === null) return { change: 'begin-grace' };
  return grace.until <= grace.now ? { change: 'lower', to: level - 1 } : { change: 'none' };
}

const breaksNoLimit = (level: 1 | 2, deeds: Deeds) =>
  compareNeeds(level, deeds).every(({ isLimit, isMet }) => !isLimit || isMet);
