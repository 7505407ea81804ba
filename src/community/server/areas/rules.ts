import type { AreaKind } from '#src/community/contract/areas.ts';
import { boardSlug } from '#src/community/contract/committees.ts';
import type { Span } from '../measures/queries.ts';
import type { Coverage } from '../measures/select-counted.ts';

/** The month that was over most lately before a moment, in UTC, with its first day as it is written. */
export function lastMonth(now: Date): Span & { month: string } {
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return { from, until, month: from.toISOString().slice(0, 10) };
}

/** The month that runs. */
export function runningMonth(now: Date): Span {
  return {
    from: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)),
    until: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)),
  };
}

/** Whether an area of a kind is a part of something, so that it is measured only once it says of what. */
export const mustCover = (kind: AreaKind): boolean => kind === 'chapter' || kind === 'manual-part';

type Covered = {
  kind: AreaKind;
  slug: string;
  committee_id: string;
  covers_chapter: string | null;
  covers_tag: number | null;
  covers_series: number | null;
  covers_locale: string | null;
  covers_industry: string | null;
  covers_role: string | null;
};

/** What the measure of an area is narrowed to; undefined for one that has to say so and does not yet. The board's has all committees. */
export function coverageOf(area: Covered): Coverage | undefined {
  const covers = {
    chapter: area.covers_chapter,
    tag: area.covers_tag,
    series: area.covers_series,
    locale: area.covers_locale,
    industry: area.covers_industry,
    role: area.covers_role,
  };
  if (mustCover(area.kind) && Object.values(covers).every((part) => part === null)) return undefined;
  return { ...covers, committee: area.slug === boardSlug ? null : area.committee_id };
}
