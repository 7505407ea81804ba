import { sql } from 'kysely';
import type { Faq, FaqQuery, FaqSummary, PostgresVersion } from '#src/community/contract/faq.ts';
import { faqText } from '#src/community/contract/faq.text.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { likeLiteral, type Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { freshnessOf } from './rules.ts';

/** The major versions of PostgreSQL, the newest first. */
export async function listVersions(db: Db): Promise<PostgresVersion[]> {
  return db
    .selectFrom('community.postgres_version')
    .select([
      'major',
      sql<string>`released_on::text`.as('releasedOn'),
      sql<string>`ends_on::text`.as('endsOn'),
    ])
    .orderBy('major', 'desc')
    .execute();
}

const summaryColumns = [
  'f.id',
  'f.title',
  'f.slug',
  'f.excerpt',
  'f.locale',
  'f.tags',
  'f.signals',
  'f.pg_from as pgFrom',
  'f.pg_to as pgTo',
  'f.verified_at as verifiedAt',
  'f.broke_on as brokeOn',
] as const;

/** The newest version out today that `faq f` speaks of came out after it was verified. The same as `freshnessOf` says of one. */
const isStale = sql<boolean>`exists (select from community.postgres_version v
  where v.major >= f.pg_from and (f.pg_to is null or v.major <= f.pg_to)
    and v.released_on <= (now() at time zone 'UTC')::date and v.released_on > (f.verified_at at time zone 'UTC')::date
    and not exists (select from community.postgres_version w
      where w.major > v.major and w.released_on <= (f.verified_at at time zone 'UTC')::date
        and (f.pg_to is null or w.major <= f.pg_to)))`;

/** Whoever curates has to look at it: a newer version is out, or its proof did not hold. */
const isDoubtful = sql<boolean>`(f.broke_on is not null or ${isStale})`;

/** Listed entries that fit, verified last first: by words of their title or text, version, signals of an alert, tag. */
export async function listFaq(ctx: Context, query: FaqQuery): Promise<Page<FaqSummary>> {
  const after = readPlace(query.cursor);
  const signals = query.signal === undefined ? [] : [query.signal].flat();
  const words = (query.q ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 10);
  let rows = ctx.db
    .selectFrom('community.faq as f')
    .select(summaryColumns)
    .select(sql<string>`f.verified_at::text`.as('place'))
    .where('f.is_retired', '=', false)
    .orderBy('f.verified_at', 'desc')
    .orderBy('f.id', 'desc')
    .limit(query.limit + 1);
  for (const word of words) {
    const like = `%${likeLiteral(word)}%`;
    rows = rows.where((eb) =>
      eb.or([
        eb('f.title', 'ilike', like),
        eb('f.markdown', 'ilike', like),
        eb(sql<string>`f.tags::text`, 'ilike', like),
      ]),
    );
  }
  const { version, tag, locale, state } = query;
  if (version !== undefined)
    rows = rows
      .where('f.pg_from', '<=', version)
      .where((eb) => eb.or([eb('f.pg_to', 'is', null), eb('f.pg_to', '>=', version)]));
  if (signals.length > 0) rows = rows.where(sql<boolean>`f.signals && ${sql.val(signals)}::text[]`);
  if (tag !== undefined) rows = rows.where(sql<boolean>`${tag} = any (f.tags)`);
  if (locale !== undefined) rows = rows.where('f.locale', '=', locale);
  if (state !== 'all') rows = rows.where(state === 'stale' ? isDoubtful : sql<boolean>`not (${isDoubtful})`);
  if (after)
    rows = rows.where(sql<boolean>`(f.verified_at, f.id) < (${after.place}::timestamptz, ${after.id})`);
  const [found, versions] = await Promise.all([rows.execute(), listVersions(ctx.db)]);
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const now = new Date();
  return {
    items: items.map((row) => ({
      id: row.id,
      title: row.title,
      slug: row.slug,
      excerpt: row.excerpt,
      locale: row.locale,
      tags: row.tags,
      signals: row.signals,
      pgFrom: row.pgFrom,
      pgTo: row.pgTo,
      verifiedAt: row.verifiedAt.toISOString(),
      brokeOn: row.brokeOn,
      ...freshnessOf(row, versions, now),
    })),
    nextCursor: found.length > query.limit && last ? writeCursor([last.place, last.id]) : null,
  };
}

const timestamp = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

function readPlace(cursor: string | undefined): { place: string; id: number } | undefined {
  const [place, id] = readCursor(cursor, 2) ?? [];
  if (place === undefined) return undefined;
  const isTime =
    timestamp.test(String(place)) && !Number.isNaN(Date.parse(String(place).slice(0, 19).replace(' ', 'T')));
  if (isTime && Number.isSafeInteger(id)) return { place: String(place), id: Number(id) };
  throw new AppError('invalid', platformText.cursorNotOurs);
}

/** One entry whole. One that is no longer listed is still read by its address. */
export async function getFaq(ctx: Context, id: number): Promise<Faq> {
  const { db, locale } = ctx;
  const memberOf = (column: 'f.curator_id' | 'f.verified_by') =>
    db
      .selectFrom('community.faq as f')
      .innerJoin('community.member as m', 'm.id', column)
      .select(cardColumns)
      .where('f.id', '=', id)
      .executeTakeFirst();
  const [row, curator, verifier, answer, versions] = await Promise.all([
    db
      .selectFrom('community.faq as f')
      .select(summaryColumns)
      .select([
        'f.markdown',
        'f.html',
        'f.proof_sql as proofSql',
        'f.proved_on as provedOn',
        'f.changed_at as changedAt',
        'f.is_retired as isRetired',
      ])
      .where('f.id', '=', id)
      .executeTakeFirst(),
    memberOf('f.curator_id'),
    memberOf('f.verified_by'),
    db
      .selectFrom('community.faq as f')
      .innerJoin('community.post as p', 'p.id', 'f.answer_id')
      .innerJoin('community.member as m', 'm.id', 'p.author_id')
      .select(cardColumns)
      .select(['p.id', 'p.parent_id as questionId'])
      .where('f.id', '=', id)
      .where('p.state', '=', 'published')
      .executeTakeFirst(),
    listVersions(db),
  ]);
  if (!row || !curator || !verifier) throw new AppError('not_found', faqText.noSuchEntry);
  const { verifiedAt, changedAt, ...plain } = row;
  return {
    ...plain,
    ...freshnessOf(row, versions, new Date()),
    verifiedAt: verifiedAt.toISOString(),
    changedAt: changedAt.toISOString(),
    curator: cardOf(curator, locale),
    verifiedBy: cardOf(verifier, locale),
    answer: answer
      ? { id: answer.id, questionId: answer.questionId ?? answer.id, author: cardOf(answer, locale) }
      : null,
    mayCurate: ctx.actor.kind !== 'anonymous' && (await mayAsStaff(ctx, 'community.faq.curate')),
  };
}
