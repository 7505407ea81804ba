import { sql } from 'kysely';
import type { Segment, SegmentKind, VerifiedUse } from '#src/community/contract/wish-votes.ts';
import type { Context } from '#src/platform/server/context.ts';
import { cardAt, cardColumns, cardOf } from '../members/queries.ts';

/** Votes of a wish by what is known of who cast them. Whoever is several things, as roles may be, counts in each. */
export async function selectSegments(
  { db }: Context,
  wishId: number,
): Promise<(by: SegmentKind) => Segment[]> {
  const { rows } = await sql<Segment & { by: SegmentKind }>`
    select s.by, s.name, count(*)::integer as votes, (count(*) filter (where v.strength = 'must'))::integer as "mustVotes",
      sum(v.weight)::integer as weight
    from community.wish_vote v join community.member m on m.id = v.member_id
    left join community.organisation o on o.id = community.employer_on(m.id, current_date) and o.state = 'verified'
    cross join lateral (
      values ('trust', m.trust_level::text), ('organisation-kind', coalesce(o.kind, 'none')),
        ('organisation-size', coalesce(nullif(o.size, ''), 'none')),
        ('use', case when exists (select from community.wish_use u where u.wish_id = v.wish_id and u.member_id = m.id)
          then 'verified' else 'unverified' end)
      union all select 'role', r from unnest(case when m.roles = '{}' then array['none'] else m.roles end) r
    ) s (by, name)
    where v.wish_id = ${wishId} group by 1, 2 order by 1, 2`.execute(db);
  const kinds = Map.groupBy(rows, ({ by }) => by);
  return (kind) =>
    (kinds.get(kind) ?? []).map(({ name, votes, mustVotes, weight }) => ({ name, votes, mustVotes, weight }));
}

/** The uses of members that were verified, with what shows them, the newest first. */
export async function listVerifiedUses({ db, locale }: Context, wishId: number): Promise<VerifiedUse[]> {
  const rows = await db
    .selectFrom('community.wish_use as u')
    .innerJoin('community.member as m', 'm.id', 'u.member_id')
    .select(['u.evidence', 'u.at'])
    .select(cardColumns)
    .select(cardAt('u.verified_by').as('verifier'))
    .where('u.wish_id', '=', wishId)
    .orderBy('u.at', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ evidence, at, verifier, ...card }) => ({
    member: cardOf(card, locale),
    evidence,
    verifiedBy: cardOf(verifier!, locale),
    at: at.toISOString(),
  }));
}
