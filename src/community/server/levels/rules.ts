import type { Level } from '#src/community/contract/levels.ts';

export type Standing = { growth: number; yearly: number };
/** The level that a member was found to have, and when it falls while something is missing. */
export type Kept = { level: number; fallsAt: Date | null };

/** The highest level of whose demands none is missing; each takes at least what the one below does. */
export const reachedLevel = ({ growth, yearly }: Standing, levels: readonly Level[]): number =>
  Math.max(
    0,
    levels.findLastIndex((one) => growth >= one.growth && yearly >= one.yearly),
  );

/** The level a member has: what they reach, or still keep. */
export function levelOf(reached: number, kept: Kept | undefined, now: Date, highest: number): number {
  const holds = kept !== undefined && (kept.fallsAt === null || kept.fallsAt > now);
  return Math.min(highest, Math.max(reached, holds ? kept.level : 0));
}

/** What is to be kept from now on: a rise at once, a fall only after the grace, and no fall when it was made good before. */
export function reviewLevel(
  kept: Kept | undefined,
  reached: number,
  { now, graceDays, highest }: { now: Date; graceDays: number; highest: number },
): Kept {
  const level = Math.min(kept?.level ?? 0, highest);
  if (reached >= level) return { level: reached, fallsAt: null };
  const fallsAt = kept?.fallsAt ?? new Date(now.getTime() + graceDays * 24 * 3600_000);
  return fallsAt > now ? { level, fallsAt } : { level: reached, fallsAt: null };
}

/** What is missing to a level; nothing below nothing. */
export const missingTo = (level: Level, { growth, yearly }: Standing): Standing => ({
  growth: Math.max(0, level.growth - growth),
  yearly: Math.max(0, level.yearly - yearly),
});
