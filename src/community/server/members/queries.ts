import { sql } from 'kysely';
import type { MemberCard } from '#src/community/contract/members.ts';
import { communityText } from '#src/community/contract/community.text.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Db } from '#src/platform/server/db.ts';

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

/** The member of an account; undefined for one that never took part. */
export async function findMember(db: Db, accountId: string): Promise<OwnMember | undefined> {
  return ownMembers(db).where('m.account_id', '=', accountId).executeTakeFirst();
}

/** The member with a handle; undefined when nobody has it. */
export async function findByHandle(db: Db, handle: string): Promise<OwnMember | undefined> {
  return ownMembers(db).where('m.handle', '=', handle).where('m.erased_at', 'is', null).executeTakeFirst();
}

/** The member with an id of ours. */
export async function getMemberById(db: Db, id: string): Promise<OwnMember> {
  return ownMembers(db).where('m.id', '=', id).executeTakeFirstOrThrow();
}

/** Seats in the staff that an account holds now. */
export async function listStaffRoles(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('community.staff as s')
    .innerJoin('community.member as m', 'm.id', 's.member_id')
    .select('s.role')
    .where('m.account_id', '=', accountId)
    .where('s.starts_at', '<=', sql<Date>`now()`)
    .where((eb) => eb.or([eb('s.ends_at', 'is', null), eb('s.ends_at', '>', sql<Date>`now()`)]))
    .execute();
  return rows.map(({ role }) => role);
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
