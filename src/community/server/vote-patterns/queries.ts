import { type RawBuilder, sql } from 'kysely';
import type { PatternKind, VotePattern } from '#src/community/contract/vote-patterns.ts';
import type { Context } from '#src/platform/server/context.ts';
import { type CardRow, cardOf } from '../members/queries.ts';
import { requireStaff } from '../members/require-staff.ts';
import { livingEntry } from '../points/change-points.ts';

/** What counts by up-votes of the last ninety days from one member to another, as `e`. */
export const votesOf = (giverId: RawBuilder<unknown>, takerId: RawBuilder<unknown>) =>
  sql`community.point_entry e where e.member_id = ${takerId} and e.cause = 'up-vote' and e.actor_id = ${giverId}
    and e.at > now() - interval '90 days' and ${livingEntry}`;

const card = (of: 'g' | 't') =>
  sql`jsonb_build_object('memberHandle', ${sql.ref(`${of}.handle`)}, 'memberName', ${sql.ref(`${of}.name`)},
    'memberHeadline', ${sql.ref(`${of}.headline`)}, 'memberAvatar', ${sql.ref(`${of}.avatar_file_id`)},
    'memberReputation', ${sql.ref(`${of}.reputation`)}, 'memberTrustLevel', ${sql.ref(`${of}.trust_level`)},
    'memberErasedAt', ${sql.ref(`${of}.erased_at`)})`;

/** Votes that look arranged and wait for a reviewer, the oldest first. */
export async function listPatterns(ctx: Context): Promise<VotePattern[]> {
  await requireStaff(ctx, 'community.post.moderate');
  const { rows } = await sql<{
    id: number;
    kind: PatternKind;
    given: number;
    givenAll: number;
    returned: number;
    circleOf: number | null;
    points: number;
    at: Date;
    giver: CardRow;
    taker: CardRow;
  }>`
    select p.id, p.kind, p.given, p.given_all as "givenAll", p.returned, p.at,
      (select count(distinct c.giver_id)::integer from community.vote_pattern c where c.circle_id = p.circle_id having count(*) > 0) as "circleOf", ${card('g')} as giver, ${card('t')} as taker,
      (select coalesce(sum(e.growth), 0)::integer from ${votesOf(sql`p.giver_id`, sql`p.taker_id`)}) as points
    from community.vote_pattern p join community.member g on g.id = p.giver_id join community.member t on t.id = p.taker_id
    where p.state = 'open' order by p.at, p.id limit 100`.execute(ctx.db);
  return rows.map(({ giver, taker, at, ...row }) => ({
    ...row,
    giver: cardOf(giver, ctx.locale),
    taker: cardOf(taker, ctx.locale),
    at: at.toISOString(),
  }));
}
