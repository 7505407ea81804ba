/** A major version and the day it came out. */
export type Release = { major: number; releasedOn: string };

type Entry = { pgFrom: number; pgTo: number | null; verifiedAt: Date };

/** The versions that an entry speaks of and that were out on a day, oldest first. */
const spokenOf = ({ pgFrom, pgTo }: Entry, releases: readonly Release[], on: string): number[] =>
  releases
    .filter(
      ({ major, releasedOn }) => major >= pgFrom && (pgTo === null || major <= pgTo) && releasedOn <= on,
    )
    .map(({ major }) => major)
    .toSorted((a, b) => a - b);

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/**
 * Whether an entry was verified on the newest version it speaks of: stale from the day on which another one comes out, until
 * somebody verifies it again.
 */
export function freshnessOf(
  entry: Entry,
  releases: readonly Release[],
  now: Date,
): { isStale: boolean; verifiedUpTo: number | null } {
  const known = spokenOf(entry, releases, dayOf(entry.verifiedAt)).at(-1) ?? null;
  const newest = spokenOf(entry, releases, dayOf(now)).at(-1) ?? null;
  return { isStale: newest !== known, verifiedUpTo: known };
}
