import type { EditionEntry } from '#src/community/contract/newsletters.ts';

/** To what a reader's own copy is limited; an empty list limits nothing. */
export type Limits = { industries: readonly string[]; roles: readonly string[] };
type Facets = Pick<EditionEntry, 'industries' | 'roles'>;

/**
 * What of an edition is in the copy of one reader, at most so many: first what is for them by name, then what is for everybody,
 * each in the edition's order. What is for others only is left out.
 */
export function chooseEntries<E extends Facets>(entries: readonly E[], limits: Limits, atMost: number): E[] {
  const fit = (given: readonly string[], wanted: readonly string[]) =>
    wanted.length === 0 || given.length === 0 ? 0 : given.some((one) => wanted.includes(one)) ? 1 : -1;
  const judged = entries.map((entry) => {
    const [industry, role] = [fit(entry.industries, limits.industries), fit(entry.roles, limits.roles)];
    return { entry, fits: industry >= 0 && role >= 0, worth: industry + role };
  });
  return judged
    .filter(({ fits }) => fits)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, atMost)
    .map(({ entry }) => entry);
}

/** The Monday of the week of a moment, in UTC, as YYYY-MM-DD. */
export function mondayOf(moment: Date): string {
  const day = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
