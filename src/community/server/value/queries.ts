import { type RawBuilder, sql } from 'kysely';
import {
  faqPath,
  committeePath,
  meetingPath,
  postPath,
  wishPath,
} from '#src/community/contract/addresses.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import type { PostKind } from '#src/community/contract/posts.ts';
import {
  innerNumbers,
  type MemberValue,
  organisationNumbers,
  type OrganisationValue,
  ownNumbers,
  personNumbers,
  type ValueFigure,
  type ValueNumber,
  type ValueQuery,
  type ValueRow,
  type ValueRows,
} from '#src/community/contract/value.ts';
import { valueText } from '#src/community/contract/value.text.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { findLevel } from '../levels/queries.ts';
import { cardAt, type CardRow, cardColumns, cardOf } from '../members/queries.ts';
import { findOrganisation } from '../organisations/queries.ts';
import { findBehind } from '../profiles/queries.ts';
import { readerOf } from '../wishes/lock-wish.ts';
import { selectGave } from './select-gave.ts';
import { own, selectGot } from './select-got.ts';
import { selectOrganisation } from './select-organisation.ts';
import { ofMember, ofOrganisation, ofPeople, type RowsOf } from './select-rows.ts';

/** A number of one member or organisation: `from` is where its rows are counted and listed, the same for both. */
type Number = Pick<ValueFigure, 'name' | 'side' | 'scope' | 'isInner'> & { from: RawBuilder<unknown> };

/** What a member gave and got, as the reader may know it. */
export async function getMemberValue(ctx: Context, handle: string): Promise<MemberValue> {
  const { member, numbers } = await ofHandle(ctx, handle);
  const level = await findLevel(ctx, member.id);
  const figures = await countAll(ctx, numbers);
  return { member: cardOf(member, ctx.locale), handle: member.memberHandle, level: level.name, figures };
}

/** The rows behind a number of a member's, the newest first. */
export async function listMemberRows(
  ctx: Context,
  handle: string,
  name: ValueNumber,
  query: ValueQuery,
): Promise<ValueRows> {
  const { numbers } = await ofHandle(ctx, handle);
  return listRows(ctx, numbers, name, query);
}

/** What an organisation gave and got: by its people while they worked there, and by itself. */
export async function getOrganisationValue(ctx: Context, slug: string): Promise<OrganisationValue> {
  const { organisation, numbers } = await ofSlug(ctx, slug);
  return { slug, name: organisation.name, figures: await countAll(ctx, numbers) };
}

/** The rows behind a number of an organisation's, the newest first. */
export async function listOrganisationRows(
  ctx: Context,
  slug: string,
  name: ValueNumber,
  query: ValueQuery,
): Promise<ValueRows> {
  const { numbers } = await ofSlug(ctx, slug);
  return listRows(ctx, numbers, name, query);
}

async function ofHandle(ctx: Context, handle: string) {
  const id = await findBehind(ctx, handle);
  const member = await ctx.db
    .selectFrom('community.member as m')
    .select(['m.id', ...cardColumns])
    .where('m.id', '=', id ?? null)
    .where('m.erased_at', 'is', null)
    .executeTakeFirst();
  if (!member) throw new AppError('not_found', memberText.noSuchMember);
  const reader = await readerOf(ctx);
  const seen = { reader, locale: ctx.locale };
  const from = (those: RowsOf) => ofMember(those(seen), member.id);
  const numbers = [
    ...numbersOf(personNumbers, { ...selectGave, ...selectGot }, { scope: 'person', isInner: false }, from),
    ...(reader.member?.id === member.id
      ? numbersOf(ownNumbers, own, { scope: 'person', isInner: true }, from)
      : []),
  ];
  return { member, numbers };
}

async function ofSlug(ctx: Context, slug: string) {
  const organisation = await findOrganisation(ctx, slug);
  if (!organisation) throw new AppError('not_found', organisationText.noSuch);
  const seen = { reader: await readerOf(ctx), locale: ctx.locale };
  const people = (those: RowsOf) => ofPeople(those(seen), organisation.id);
  const itself = (those: RowsOf) => ofOrganisation(those(seen), organisation.id);
  const numbers = [
    ...numbersOf(personNumbers, { ...selectGave, ...selectGot }, { scope: 'person', isInner: false }, people),
    ...numbersOf(organisationNumbers, selectOrganisation, { scope: 'organisation', isInner: false }, itself),
    ...(organisation.isManager
      ? numbersOf(innerNumbers, selectOrganisation, { scope: 'organisation', isInner: true }, itself)
      : []),
  ];
  return { organisation, numbers };
}

function numbersOf<N extends ValueNumber>(
  names: Record<'gave' | 'got', readonly N[]>,
  definitions: Record<N, RowsOf>,
  kind: Pick<Number, 'scope' | 'isInner'>,
  from: (those: RowsOf) => RawBuilder<unknown>,
): Number[] {
  return (['gave', 'got'] as const).flatMap((side) =>
    names[side].map((name) => ({ name, side, ...kind, from: from(definitions[name]) })),
  );
}

/** How many rows each number has and what they sum to, all from one state of the database. */
async function countAll({ db }: Context, numbers: readonly Number[]): Promise<ValueFigure[]> {
  const counts = numbers.map(
    ({ name, from }) => sql`select ${name}::text as name, r.unit, count(*)::integer as rows,
      coalesce(sum(r.amount), 0)::int8 as amount from ${from} group by r.unit`,
  );
  const { rows } = await sql<{
    name: string;
    unit: string | null;
    rows: number;
    amount: number;
  }>`${sql.join(counts, sql` union all `)} order by 1, 2`.execute(db);
  return numbers.map(({ name, side, scope, isInner }) => {
    const those = rows.filter((row) => row.name === name);
    return {
      name,
      side,
      scope,
      isInner,
      rows: those.reduce((sum, row) => sum + row.rows, 0),
      sums: those.flatMap(({ unit, amount }) => (unit === null ? [] : [{ unit, amount }])),
    };
  });
}

type Row = {
  at: Date;
  isDay: boolean;
  micros: number;
  key: string;
  title: string;
  cause: string | null;
  place: string | null;
  placeId: number | null;
  slug: string | null;
  postKind: PostKind | null;
  parentId: number | null;
  amount: number | null;
  unit: string | null;
  card: CardRow | null;
};

async function listRows(
  ctx: Context,
  numbers: readonly Number[],
  name: ValueNumber,
  { cursor, limit }: ValueQuery,
): Promise<ValueRows> {
  const number = numbers.find((one) => one.name === name);
  if (!number) throw new AppError('not_found', valueText.noSuchNumber);
  const [micros, key] = readCursor(cursor, 2) ?? [];
  if (micros !== undefined && !Number.isSafeInteger(micros))
    throw new AppError('invalid', platformText.cursorNotOurs);
  const after =
    micros === undefined
      ? sql``
      : sql`and (r.at, r.key) < (to_timestamp(0) + ${micros}::int8 * interval '1 microsecond', ${String(key)}::text)`;
  const [{ rows }, [figure]] = await Promise.all([
    sql<Row>`
      select r.at, r.is_day as "isDay", (extract(epoch from r.at) * 1000000)::int8 as micros, r.key, r.title, r.cause, r.place,
        r.place_id as "placeId", r.place_slug as slug, r.post_kind as "postKind", r.parent_id as "parentId", r.amount, r.unit,
        ${cardAt('r.member_id')} as card
      from ${number.from} ${after} order by r.at desc, r.key desc limit ${limit + 1}`.execute(ctx.db),
    countAll(ctx, [number]),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    figure: figure!,
    items: shown.map((row): ValueRow => ({
      key: row.key,
      at: row.isDay ? row.at.toISOString().slice(0, 10) : row.at.toISOString(),
      title: row.title,
      cause: row.cause,
      href: hrefOf(row),
      member: row.card === null ? null : cardOf(row.card, ctx.locale),
      amount: row.amount,
      unit: row.unit,
    })),
    nextCursor: rows.length > limit && last ? writeCursor([last.micros, last.key]) : null,
  };
}

function hrefOf({ place, placeId: id, slug, postKind: kind, parentId }: Row): string | null {
  if (place === 'areas' || place === 'rewards') return `/${place}`;
  if (place === 'badge' && slug !== null) return `/badges/${slug}`;
  if (place === 'committee' && slug !== null) return committeePath(slug);
  if (id === null) return null;
  if (place === 'post' && kind !== null) return postPath({ kind, id, slug: slug ?? '', parentId });
  if (place === 'wish') return wishPath({ id, slug: slug ?? '' });
  if (place === 'faq') return faqPath({ id, slug: slug ?? '' });
  if (place === 'meeting') return meetingPath(id);
  return place === 'mvp' ? `/mvp/${id}` : null;
}
