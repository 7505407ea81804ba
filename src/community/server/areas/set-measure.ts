import type { AreaGoal, AreaKind, Covers } from '#src/community/contract/areas.ts';
import { areaText } from '#src/community/contract/areas.text.ts';
import { type CoverPart, coverPartsOf } from '#src/community/contract/measures.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { requirePerson } from '../members/require-member.ts';
import { findTag } from '../tags/queries.ts';
import { lockArea } from './queries.ts';
import { mustCover } from './rules.ts';

/** Says what is counted of an area, and of what; months that were measured stay as they are. Only for those with a seat. */
export async function setMeasure(ctx: Context, id: number, goal: AreaGoal | null): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const area = await lockArea(tx, id);
    if (!area) throw new AppError('not_found', areaText.noSuch);
    await requireSeat(tx, area.slug);
    await tx.db
      .updateTable('community.area')
      .set(await measuredColumns(tx, area.kind, goal))
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.area.measure', String(id), { area: area.name, goal });
  });
}

/** What is counted of an area, as columns. Refuses a measure that would count what the area does not cover. */
export async function measuredColumns(tx: Context, kind: AreaKind, goal: AreaGoal | null) {
  const none = { chapter: null, tag: null, series: null, locale: null, industry: null, role: null };
  const covers: Covers = goal?.covers ?? none;
  const { chapter, tag, series, locale, industry, role } = covers;
  const parts = (Object.keys(covers) as CoverPart[]).filter((part) => covers[part] !== null);
  if (goal !== null) {
    if (parts.length === 0 && mustCover(kind)) throw new AppError('invalid', areaText.coversNothing);
    const possible = coverPartsOf(goal.measure);
    if (!parts.every((part) => possible.includes(part))) throw new AppError('invalid', areaText.notNarrowed);
  }
  return {
    measure: goal?.measure ?? null,
    monthly_target: goal?.monthlyTarget ?? null,
    covers_chapter: chapter === null ? null : await chapterOf(tx, chapter),
    covers_tag: tag === null ? null : await tagOf(tx, tag),
    covers_series: series === null ? null : await seriesOf(tx, series),
    covers_locale: locale,
    covers_industry: industry,
    covers_role: role,
  };
}

async function chapterOf(tx: Context, slug: string): Promise<string> {
  const found = await tx.db
    .selectFrom('community.chapter')
    .select('id')
    .where('slug', '=', slug)
    .where('state', '=', 'approved')
    .executeTakeFirst();
  if (!found) throw new AppError('not_found', areaText.noSuchChapter);
  return found.id;
}

async function tagOf(tx: Context, name: string): Promise<number> {
  const found = await findTag(tx.db, name);
  if (!found) throw new AppError('not_found', areaText.noSuchTag);
  return found.id;
}

/** A series that nobody else reads yet is not named before everybody. */
async function seriesOf(tx: Context, id: number): Promise<number> {
  const found = await tx.db
    .selectFrom('community.post')
    .select('series_id')
    .where('series_id', '=', id)
    .where('state', '=', 'published')
    .executeTakeFirst();
  if (!found) throw new AppError('not_found', areaText.noSuchSeries);
  return id;
}
