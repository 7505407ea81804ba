import { sql } from 'kysely';
import { postPath } from '#src/community/contract/addresses.ts';
import type { ImportedItem, ImportRun, Outcome } from '#src/community/contract/imports.ts';
import { importText } from '#src/community/contract/imports.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import type { Page, PageQuery } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, readTimeCursor, writeCursor } from '#src/platform/server/pages.ts';

const runsOf = (ctx: Context) =>
  ctx.db
    .selectFrom('community.import_run as r')
    .innerJoin('community.member as m', 'm.id', 'r.started_by')
    .select([
      'r.id',
      'r.source',
      'r.site',
      'r.is_dry as isDry',
      'm.name as startedBy',
      'r.begun_at as begunAt',
    ])
    .select(
      sql<ImportRun['counts']>`(select json_build_object(
        'created', count(*) filter (where i.outcome = 'created'), 'updated', count(*) filter (where i.outcome = 'updated'),
        'unchanged', count(*) filter (where i.outcome = 'unchanged'), 'refused', count(*) filter (where i.outcome = 'refused'))
        from community.import_item i where i.run_id = r.id)`.as('counts'),
    )
    .select(sql<string>`r.begun_at::text`.as('begunText'));

type RunRow = Awaited<ReturnType<ReturnType<typeof runsOf>['execute']>>[number];

const presentRun = ({ id, source, site, isDry, startedBy, begunAt, counts }: RunRow): ImportRun => ({
  id,
  source,
  site,
  isDry,
  startedBy,
  begunAt: begunAt.toISOString(),
  counts,
});

/** One import with what became of its items; refuses an id that is none. */
export async function getImport(ctx: Context, id: string): Promise<ImportRun> {
  const run = await runsOf(ctx).where('r.id', '=', id).executeTakeFirst();
  if (!run) throw new AppError('not_found', importText.noSuchRun);
  return presentRun(run);
}

/** Imports, newest first. */
export async function listImports(ctx: Context, query: PageQuery): Promise<Page<ImportRun>> {
  const after = readTimeCursor(query.cursor);
  const rows = await runsOf(ctx)
    .$if(after !== undefined, (qb) =>
      qb.where(sql<boolean>`(r.begun_at, r.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
    )
    .orderBy('r.begun_at', 'desc')
    .orderBy('r.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(presentRun),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.begunText, last.id]) : null,
  };
}

const itemsOf = (ctx: Context, runId: string) =>
  ctx.db
    .selectFrom('community.import_item as i')
    .leftJoin('community.post as p', 'p.id', 'i.post_id')
    .select(['i.key', 'i.title', 'i.outcome', 'i.reason', 'i.warnings', 'p.id', 'p.kind', 'p.slug'])
    .where('i.run_id', '=', runId)
    .orderBy('i.key');

type ItemRow = Awaited<ReturnType<ReturnType<typeof itemsOf>['execute']>>[number];

const presentItem = (row: ItemRow): ImportedItem => ({
  key: row.key,
  title: row.title,
  outcome: row.outcome,
  reason: row.reason as Text | null,
  warnings: row.warnings as Text[],
  path: row.id === null ? null : postPath({ kind: row.kind!, id: row.id, slug: row.slug ?? '' }),
});

/** What became of some items of an import, by their keys. */
export async function listItemsOf(
  ctx: Context,
  runId: string,
  keys: readonly string[],
): Promise<ImportedItem[]> {
  const rows = await itemsOf(ctx, runId).where('i.key', 'in', keys).execute();
  return rows.map(presentItem);
}

/** What became of the items of an import, by their keys; only those of one outcome when it is given. */
export async function listImportItems(
  ctx: Context,
  runId: string,
  query: PageQuery & { outcome?: Outcome },
): Promise<Page<ImportedItem>> {
  const [after] = readCursor(query.cursor, 1) ?? [];
  const { outcome } = query;
  const rows = await itemsOf(ctx, runId)
    .$if(outcome !== undefined, (qb) => qb.where('i.outcome', '=', outcome!))
    .$if(after !== undefined, (qb) => qb.where('i.key', '>', String(after)))
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  return {
    items: kept.map(presentItem),
    nextCursor: rows.length > query.limit ? writeCursor([kept.at(-1)!.key]) : null,
  };
}
