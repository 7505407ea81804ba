import { type RawBuilder, sql } from 'kysely';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Reader } from '../wishes/lock-wish.ts';

/** Who reads, and in which language: what of a number's rows is there hangs on nothing else. */
export type Seen = { reader: Reader; locale: Locale };

/** The rows of a number, of everybody: those of one member or organisation are taken from them. */
export type RowsOf = (seen: Seen) => RawBuilder<unknown>;

type Columns = {
  /** Whose row it is: of a member, or of an organisation by itself. */
  member?: RawBuilder<unknown>;
  organisation?: RawBuilder<unknown>;
  at: RawBuilder<unknown>;
  /** Only the day is known: `at` is its beginning in UTC. */
  isDay?: boolean;
  /** Names the row within its number, and nobody who is not shown. */
  key: RawBuilder<unknown>;
  title?: RawBuilder<unknown>;
  cause?: RawBuilder<unknown>;
  place?: Place;
  amount?: RawBuilder<unknown>;
  unit?: RawBuilder<unknown>;
};
type Place = {
  kind:
    | 'post'
    | 'wish'
    | 'faq'
    | 'meeting'
    | 'mvp'
    | 'badge'
    | 'committee'
    | 'areas'
    | 'rewards'
    | RawBuilder<unknown>;
  id?: RawBuilder<unknown>;
  slug?: RawBuilder<unknown>;
  postKind?: RawBuilder<unknown>;
  parentId?: RawBuilder<unknown>;
};

/** Rows in the one form that counting and listing share. */
export function selectRows(columns: Columns, from: RawBuilder<unknown>): RawBuilder<unknown> {
  const { member, organisation, at, isDay = false, key, title, cause, place, amount, unit } = columns;
  const or = (given: RawBuilder<unknown> | undefined, type: string) =>
    sql`(${given ?? sql`null`})::${sql.raw(type)}`;
  return sql`select ${or(member, 'uuid')} as member_id, ${or(organisation, 'uuid')} as organisation_id,
    ${at} as at, ${sql.lit(isDay)} as is_day, (${key})::text as key, coalesce(${or(title, 'text')}, '') as title, ${or(cause, 'text')} as cause,
    ${or(place && sql`${place.kind}`, 'text')} as place, ${or(place?.id, 'bigint')} as place_id,
    ${or(place?.slug, 'text')} as place_slug, ${or(place?.postKind, 'text')} as post_kind,
    ${or(place?.parentId, 'bigint')} as parent_id, ${or(amount, 'bigint')} as amount, ${or(unit, 'text')} as unit
    ${from}`;
}

/** Posts `p` that everybody may read, with the question `q` of an answer. */
export const shownPosts = sql`community.post p left join community.post q on q.id = p.parent_id`;
export const isShown = sql<boolean>`(p.state = 'published' and (p.kind <> 'answer' or q.state = 'published'))`;
export const ofPost = {
  title: sql`coalesce(p.title, q.title)`,
  place: {
    kind: 'post',
    id: sql`p.id`,
    slug: sql`coalesce(nullif(p.slug, ''), q.slug)`,
    postKind: sql`p.kind`,
    parentId: sql`p.parent_id`,
  },
} as const satisfies Partial<Columns>;

/** Of a wish `w`. */
export const ofWish = {
  title: sql`w.title`,
  place: { kind: 'wish', id: sql`w.id`, slug: sql`w.slug` },
} as const satisfies Partial<Columns>;

/** A day as a moment: its beginning in UTC. */
export const onDay = (day: RawBuilder<unknown>) =>
  ({ at: sql`((${day})::timestamp at time zone 'UTC')`, isDay: true }) as const;

/** Names a vote without naming who cast it. */
export const voteKey = (of: RawBuilder<unknown>, member: RawBuilder<unknown>) =>
  sql`md5(${of}::text || ':' || ${member}::text)`;

/** What of all rows is a member's. */
export const ofMember = (those: RawBuilder<unknown>, memberId: string) =>
  sql`(${those}) r where r.member_id = ${memberId}`;

/** What members had while they worked at an organisation, as posts count for it: its number is the sum of theirs. */
export const ofPeople = (those: RawBuilder<unknown>, organisationId: string) =>
  sql`(${those}) r join community.employment e on e.member_id = r.member_id and e.organisation_id = ${organisationId}
    and e.standing <> 'disputed' and e.period @> (r.at at time zone 'UTC')::date where true`;

/** What is an organisation's own. */
export const ofOrganisation = (those: RawBuilder<unknown>, organisationId: string) =>
  sql`(${those}) r where r.organisation_id = ${organisationId}`;
