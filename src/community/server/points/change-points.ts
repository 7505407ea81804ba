import { type RawBuilder, sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { lockMembers } from './lock-members.ts';
import { weightOf } from './weight-of.ts';

/** What brings or brought a member points. */
export type Cause = {
  memberId: string;
  /** The kind of cause, by which a rule says what it brings: `up-vote`, `accepted`. */
  cause: string;
  /** Names the cause within its kind; the same one never counts twice. */
  key: string;
};
export type Award = Cause & {
  postId?: number | null;
  /** Whose deed it was, when it was not the member's own. */
  actorId?: string | null;
};
export type Changed = { memberId: string; growth: number; spendable: number };

/** Of an entry `e`: whether it counts, as no reversal of anything and not reversed itself. */
export const livingEntry = sql<boolean>`(e.reverses is null
  and not exists (select from community.point_entry r where r.reverses = e.id))`;

/**
 * Takes back what causes gave and gives what others give by the rules of this moment, in the caller's transaction; both
 * balances of each member go with it. A cause counts once, however often it is told, unless it was taken back in between; one
 * past a cap is entered and brings nothing. At most one award a member and kind of cause. Answers what was entered.
 */
export async function changePoints(
  tx: Context,
  { reverse = [], award = [] }: { reverse?: readonly Cause[]; award?: readonly Award[] },
): Promise<Changed[]> {
  const members = new Set([...reverse, ...award].map(({ memberId }) => memberId));
  if (members.size === 0) return [];
  // Two that reach a cap at once come one after the other.
  await lockMembers(tx, [...members]);
  const reversed = reverse.length === 0 ? [] : await reverseCauses(tx, reverse);
  return award.length === 0 ? reversed : [...reversed, ...(await enterAwards(tx, award))];
}

/** Gives what one cause gives; answers whether it counted now. */
export const awardPoints = async (tx: Context, award: Award): Promise<boolean> =>
  (await changePoints(tx, { award: [award] })).length > 0;

/** Takes back what one cause gave; what gave nothing, or was taken back before, changes nothing. */
export const reversePoints = async (tx: Context, cause: Cause): Promise<boolean> =>
  (await changePoints(tx, { reverse: [cause] })).length > 0;

/**
 * Moves spendable points between a member and where they are held, in the caller's transaction: a positive amount comes to
 * the member. A cause counts once.
 */
export async function transferPoints(
  tx: Context,
  move: Cause & { contra: 'bounties' | 'shop' | 'mint'; spendable: number; postId?: number | null },
): Promise<boolean> {
  await lockMembers(tx, [move.memberId]);
  const moved = await enter(
    tx,
    sql`select ${move.memberId}::uuid, ${move.contra}, 0, 1, ${move.spendable}::integer, ${move.cause}, ${move.key}, l.total,
        null::bigint, null::uuid, ${move.postId ?? null}::bigint, null::bigint, null::bigint, null, now()
      from ${lives(sql`${move.memberId}::uuid`, sql`${move.cause}`, sql`${move.key}`)} l where l.total = l.ended`,
  );
  return moved.length > 0;
}

/**
 * Takes spendable points of a member, in the caller's transaction, if there are as many; nobody else takes them meanwhile.
 * Answers what there is when it is not enough, and then takes nothing.
 */
export async function spendPoints(
  tx: Context,
  { amount, ...spending }: Cause & { contra: 'bounties' | 'shop'; amount: number; postId?: number | null },
): Promise<{ has: number } | undefined> {
  await lockMembers(tx, [spending.memberId]);
  const { points } = await tx.db
    .selectFrom('community.member')
    .select('points')
    .where('id', '=', spending.memberId)
    .executeTakeFirstOrThrow();
  if (points < amount) return { has: points };
  await transferPoints(tx, { ...spending, spendable: -amount });
  return undefined;
}

/** Enters entries that a query gives in the order of the columns, and adds them to the balances they change. */
export async function enter(tx: Context, entries: RawBuilder<unknown>): Promise<Changed[]> {
  const { rows } = await sql<Changed>`
    with entered as (
      insert into community.point_entry (member_id, contra, base, weight, spendable, cause, cause_key, life,
        rule_id, actor_id, post_id, reverses, again_of, because, at)
      ${entries}
      on conflict do nothing
      returning member_id, growth, spendable
    ), summed as (
      update community.member m set reputation = m.reputation + s.growth, points = m.points + s.spendable
      from (select member_id, sum(growth) as growth, sum(spendable) as spendable from entered group by member_id) s
      where m.id = s.member_id and (s.growth <> 0 or s.spendable <> 0)
    )
    select member_id as "memberId", growth, spendable from entered`.execute(tx.db);
  return rows;
}

/** How often a cause came, and how often it went again. */
export const lives = (memberId: RawBuilder<unknown>, cause: RawBuilder<unknown>, key: RawBuilder<unknown>) =>
  sql`(select count(*)::integer as total, (count(*) filter (where not ${livingEntry}))::integer as ended
    from community.point_entry e
    where e.member_id = ${memberId} and e.cause = ${cause} and e.cause_key = ${key} and e.reverses is null)`;

const enterAwards = (tx: Context, awards: readonly Award[]) =>
  enter(
    tx,
    sql`select w."memberId", 'mint', case when t.past then 0 else ${underCap('growth')} end, ${weightOf(sql`w."postId"`)},
        case when t.past then 0 else ${underCap('spendable')} end, w.cause, w.key, l.total,
        p.id, w."actorId", w."postId", null::bigint, null::bigint, null, now()
      from ${recordset(awards)}
      join community.point_rule p on p.cause = w.cause and p.valid @> now()
      cross join lateral ${lives(sql`w."memberId"`, sql`w.cause`, sql`w.key`)} l
      cross join lateral (
        select coalesce(sum(e.base), 0) as growth, coalesce(sum(e.spendable), 0) as spendable,
          coalesce(count(*) filter (where e.actor_id = w."actorId") >= p.actor_cap, false) as past
        from community.point_entry e
        where (p.daily_cap is not null or p.actor_cap is not null) and e.member_id = w."memberId" and e.cause = w.cause
          and e.at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' and ${livingEntry}
      ) t
      where l.total = l.ended`,
  );

/** At the cap of the day nothing, just below it a part. */
const underCap = (balance: 'growth' | 'spendable') => {
  const [ofRule, today] = [sql.ref(`p.${balance}`), sql.ref(`t.${balance}`)];
  return sql`case when p.daily_cap is null then ${ofRule} else greatest(0, least(${ofRule}, p.daily_cap - ${today})) end`;
};

const reverseCauses = (tx: Context, causes: readonly Cause[]) =>
  enter(
    tx,
    reversalOf(
      sql`join ${recordset(causes)} on e.member_id = w."memberId" and e.cause = w.cause and e.cause_key = w.key`,
    ),
  );

/** The reversals of living entries `e` that a further join or condition names. */
export const reversalOf = (
  which: RawBuilder<unknown>,
  { because = sql`null`, at = sql`now()` }: { because?: RawBuilder<unknown>; at?: RawBuilder<unknown> } = {},
) =>
  sql`select e.member_id, e.contra, -e.base, e.weight, -e.spendable, e.cause, e.cause_key, e.life, e.rule_id, e.actor_id,
      e.post_id, e.id, null::bigint, ${because}::text, ${at}
    from community.point_entry e ${which} and ${livingEntry}`;

const recordset = (rows: readonly (Cause | Award)[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as w("memberId" uuid, cause text, key text, "postId" bigint, "actorId" uuid)`;
