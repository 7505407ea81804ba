import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

export type Award = {
  memberId: string;
  amount: number;
  /** The kind of cause: `up-vote`, `accepted-answer`, `bounty-offered`. */
  cause: string;
  /** Names the cause within its kind; the same one never counts twice. */
  key: string;
  postId?: number | null;
};

/**
 * Gives or takes reputation for a cause, in the caller's transaction. The same cause counts once, however often it is told,
 * unless it was reversed in between. Answers whether it counted now.
 */
export async function awardReputation(tx: Context, award: Award): Promise<boolean> {
  // Lives and was reversed are told apart by the key: a cause that comes again after its reversal is a new entry.
  const { rows } = await sql<{ id: number }>`
    insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id)
    select ${award.memberId}, ${award.amount}, ${award.cause}, ${award.key} || coalesce(nullif('#' || count(r.id), '#0'), ''),
      ${award.postId ?? null}
    from community.reputation_entry e left join community.reputation_entry r on r.reverses = e.id
    where e.member_id = ${award.memberId} and e.cause = ${award.cause} and e.reverses is null
      and ${isOfKey(award.key)}
    having count(*) = count(r.id)
    on conflict do nothing
    returning id`.execute(tx.db);
  if (rows.length === 0) return false;
  await addToSum(tx, award.memberId, award.amount);
  return true;
}

/** Takes back what a cause gave, in the caller's transaction; what gave nothing, or was taken back before, changes nothing. */
export async function reverseReputation(
  tx: Context,
  { memberId, cause, key }: Pick<Award, 'memberId' | 'cause' | 'key'>,
): Promise<boolean> {
  const { rows } = await sql<{ amount: number }>`
    insert into community.reputation_entry (member_id, amount, cause, cause_key, post_id, reverses)
    select e.member_id, -e.amount, e.cause, e.cause_key, e.post_id, e.id
    from community.reputation_entry e
    where e.member_id = ${memberId} and e.cause = ${cause} and e.reverses is null
      and ${isOfKey(key)}
      and not exists (select from community.reputation_entry r where r.reverses = e.id)
    on conflict do nothing
    returning amount`.execute(tx.db);
  const [row] = rows;
  if (!row) return false;
  await addToSum(tx, memberId, row.amount);
  return true;
}

/** The key itself and its later lives, `key#1` and so on, as one range of the index. */
const isOfKey = (key: string) => sql`(e.cause_key >= ${key} and e.cause_key < ${`${key}$`}
  and (e.cause_key = ${key} or starts_with(e.cause_key, ${`${key}#`})))`;

async function addToSum(tx: Context, memberId: string, amount: number): Promise<void> {
  await tx.db
    .updateTable('community.member')
    .set({ reputation: sql<number>`reputation + ${amount}` })
    .where('id', '=', memberId)
    .execute();
}
