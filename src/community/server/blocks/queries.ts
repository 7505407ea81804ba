import { sql } from 'kysely';
import type { MemberCard } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { cardColumns, cardOf } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';

/** Whom the actor blocked, newest first. */
export async function listBlocked(ctx: Context): Promise<MemberCard[]> {
  requirePerson(ctx);
  const { db, actor, locale } = ctx;
  const rows = await db
    .selectFrom('community.block as b')
    .innerJoin('community.member as own', 'own.id', 'b.member_id')
    .innerJoin('community.member as m', 'm.id', 'b.blocked_id')
    .select(cardColumns)
    .where('own.account_id', '=', actor.id)
    .where('m.erased_at', 'is', null)
    .orderBy('b.at', 'desc')
    .limit(500)
    .execute();
  return rows.map((row) => cardOf(row, locale));
}

/** Which of two members blocked the other. */
export async function blocksBetween(
  db: Db,
  one: string,
  other: string,
): Promise<{ byOne: boolean; byOther: boolean }> {
  const { rows } = await sql<{ byOne: boolean; byOther: boolean }>`
    select coalesce(bool_or(member_id = ${one}), false) as "byOne", coalesce(bool_or(member_id = ${other}), false) as "byOther"
    from community.block
    where (member_id = ${one} and blocked_id = ${other}) or (member_id = ${other} and blocked_id = ${one})`.execute(
    db,
  );
  return rows[0] ?? { byOne: false, byOther: false };
}
