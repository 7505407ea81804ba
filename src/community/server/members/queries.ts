import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ListMembers, MemberCard, MemberList, MemberRole } from '#src/community/contract/members.ts';
import type { Industry } from '#src/community/contract/industries.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import { platformText } from '#src/platform/contract/platform.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { likeLiteral, type Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { readCursor, writeCursor } from '#src/platform/server/pages.ts';
import { recallFigures } from '#src/platform/server/recall-figures.ts';

/** A member as commands see the person who acts. */
export type OwnMember = {
  id: string;
  handle: string;
  name: string;
  reputation: number;
  trustLevel: number;
  joinedAt: Date;
  suspendedUntil: Date | null;
  suspendedReason: string | null;
  /** Whether the account's e-mail address was proved. */
  isProved: boolean;
};

const ownMembers = (db: Db) =>
  db
    .selectFrom('community.member as m')
    .leftJoin('identity.account as a', 'a.id', 'm.account_id')
    .select([
      'm.id',
      'm.handle',
      'm.name',
      'm.reputation',
      'm.trust_level as trustLevel',
      'm.joined_at as joinedAt',
      'm.suspended_until as suspendedUntil',
      'm.suspended_reason as suspendedReason',
      sql<boolean>`coalesce(a.email_verified, false)`.as('isProved'),
    ]);

const selectMember = prepareQuery((db: Db, { accountId }: { accountId: string }) =>
  ownMembers(db).where('m.id', '=', memberOf(accountId)),
);

/** The member of an account; undefined for one that never took part. */
export async function findMember(db: Db, accountId: string): Promise<OwnMember | undefined> {
  return (await selectMember(db, { accountId }))[0];
}

/** The member with a handle; undefined when nobody has it. */
export async function findByHandle(db: Db, handle: string): Promise<OwnMember | undefined> {
  return ownMembers(db).where('m.handle', '=', handle).where('m.erased_at', 'is', null).executeTakeFirst();
}

/** The member with an id of ours. */
export async function getMemberById(db: Db, id: string): Promise<OwnMember> {
  return ownMembers(db).where('m.id', '=', id).executeTakeFirstOrThrow();
}

/** Who an account acts as: its member, or the one that this was found to be. */
export const memberOf = (accountId: string | null): RawBuilder<string> =>
  sql<string>`(select coalesce(own.merged_into, own.id) from community.member own where own.account_id = ${accountId})`;

/** What an account holds at this moment: roles in the staff, and committees by a seat. */
export async function listOffices(
  db: Db,
  accountId: string,
): Promise<{ roles: string[]; committees: string[] }> {
  const { rows } = await sql<{ roles: string[]; committees: string[] }>`
    with me as (select ${memberOf(accountId)} as id)
    select
      array(select s.role from community.staff s, me where s.member_id = me.id and s.starts_at <= now()
        and coalesce(s.ends_at, 'infinity') > now()) as roles,
      array(select c.slug from community.committee_seat t join community.committee c on c.id = t.committee_id, me
        where t.member_id = me.id and t.period @> now()) as committees`.execute(db);
  return rows[0] ?? { roles: [], committees: [] };
}

/** Columns of `community.member as m` that a card is made of, for joins. */
export const cardColumns = [
  'm.handle as memberHandle',
  'm.name as memberName',
  'm.headline as memberHeadline',
  'm.avatar_file_id as memberAvatar',
  'm.reputation as memberReputation',
  'm.trust_level as memberTrustLevel',
  'm.erased_at as memberErasedAt',
] as const;

export type CardRow = {
  memberHandle: string;
  memberName: string;
  memberHeadline: string;
  memberAvatar: string | null;
  memberReputation: number;
  memberTrustLevel: number;
  memberErasedAt: Date | null;
};

/** The card of the member that a column names, as one value beside the row; null when it names nobody. */
export const cardAt = (column: string) =>
  sql<CardRow | null>`(select json_build_object('memberHandle', card.handle, 'memberName', card.name, 'memberHeadline', card.headline,
    'memberAvatar', card.avatar_file_id, 'memberReputation', card.reputation, 'memberTrustLevel', card.trust_level,
    'memberErasedAt', card.erased_at) from community.member card where card.id = ${sql.ref(column)})`;

/** The card of a joined row; an erased member is a deleted user in the reader's language. */
export function cardOf(row: CardRow, locale: Locale): MemberCard {
  const isErased = row.memberErasedAt !== null;
  return {
    handle: isErased ? null : row.memberHandle,
    name: isErased ? communityText.erasedMember[locale] : row.memberName,
    headline: isErased ? '' : row.memberHeadline,
    avatar: isErased || row.memberAvatar === null ? null : `/api/platform/files/${row.memberAvatar}`,
    reputation: row.memberReputation,
    trustLevel: row.memberTrustLevel,
  };
}

const listed = sql<SqlBool>`m.erased_at is null and m.merged_into is null`;

/** Members, those with most reputation first; with the roles, industries and skills that most of them have. */
export async function listMembers(ctx: Context, query: ListMembers): Promise<MemberList> {
  const [reputation, id] = readMemberCursor(query.cursor) ?? [];
  const like = query.q ? `%${likeLiteral(query.q)}%` : undefined;
  const rows = await ctx.db
    .selectFrom('community.member as m')
    .select(['m.id', 'm.roles', 'm.skills', 'm.location', ...cardColumns])
    .where(listed)
    .$if(like !== undefined, (q) =>
      q.where((eb) => eb.or([eb('m.name', 'ilike', like!), eb('m.handle', 'ilike', like!)])),
    )
    .$if(query.role !== undefined, (q) => q.where(sql<SqlBool>`m.roles @> array[${query.role}]::text[]`))
    .$if(query.industry !== undefined, (q) => q.where('m.industry', '=', query.industry!))
    .$if(query.skill !== undefined && query.skill !== '', (q) =>
      q.where(sql<SqlBool>`m.skills @> array[${query.skill}]::text[]`),
    )
    .$if(id !== undefined, (q) =>
      // As members are ordered: most reputation first, then by id.
      q.where(sql<SqlBool>`(-m.reputation, m.id) > (${-Number(reputation)}, ${id}::uuid)`),
    )
    .orderBy('m.reputation', 'desc')
    .orderBy('m.id')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  const facets = await facetsOf(ctx);
  return {
    items: kept.map((row) => ({
      ...cardOf(row, ctx.locale),
      roles: row.roles as MemberRole[],
      skills: row.skills,
      location: row.location,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.memberReputation, last.id]) : null,
    ...facets,
  };
}

function readMemberCursor(cursor: string | undefined): [number, string] | undefined {
  const values = readCursor(cursor, 2);
  if (values === undefined) return undefined;
  const [reputation, id] = values;
  if (Number.isSafeInteger(reputation) && /^[0-9a-f-]{36}$/.test(String(id)))
    return [Number(reputation), String(id)];
  throw new AppError('invalid', platformText.cursorNotOurs);
}

type Facets = Pick<MemberList, 'roles' | 'industries' | 'skills'>;

/** Counting looks at every member. */
const facetsOf = ({ db }: Context): Promise<Facets> =>
  recallFigures(db, 'member facets', async (on) => {
    const { rows: roles } = await sql<{ role: MemberRole; count: number }>`
      select role, count(*)::int as count from community.member m, unnest(m.roles) role
      where ${listed} group by role order by count desc, role limit 20`.execute(on);
    const { rows: industries } = await sql<{ industry: Industry; count: number }>`
      select industry, count(*)::int as count from community.member m
      where ${listed} and industry <> '' group by industry order by count desc, industry limit 20`.execute(
      on,
    );
    const { rows: skills } = await sql<{ skill: string; count: number }>`
      select skill, count(*)::int as count from community.member m, unnest(m.skills) skill
      where ${listed} group by skill order by count desc, skill limit 20`.execute(on);
    return { roles, industries, skills };
  });
