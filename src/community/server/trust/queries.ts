import { sql } from 'kysely';
import type { ModerationSettings, TrustStanding } from '#src/community/contract/moderation.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { paceOf } from '../moderation/pace.rules.ts';
import { compareNeeds, type Deeds, noDeeds } from './trust.rules.ts';

/** What members did, by their ids: totals, and what is of the last hundred days. */
export async function readDeeds(db: Db, memberIds: readonly string[]): Promise<Map<string, Deeds>> {
  if (memberIds.length === 0) return new Map();
  const since = sql`now() - interval '100 days'`;
  const { rows } = await sql<{
    id: string;
    days: number;
    writings: number;
    upVotes: number;
    voters: number;
    activeDays: number;
    recentWritings: number;
    recentUpVotes: number;
    recentVoters: number;
    agreedFlags: number;
    suspensions: number;
  }>`
    select m.id, floor(extract(epoch from now() - m.joined_at) / 86400)::int8 as days,
      w.writings, v.up_votes as "upVotes", v.voters, w.active_days as "activeDays", w.recent_writings as "recentWritings",
      v.recent_up_votes as "recentUpVotes", v.recent_voters as "recentVoters",
      (select count(*) from community.flag f where f.author_id = m.id and f.state = 'agreed' and f.at > ${since}) as "agreedFlags",
      (select count(*) from community.moderation_action a where a.member_id = m.id and a.kind in ('suspend', 'silence')
        and a.actor_id is not null and a.at > ${since}
        and not exists (select from community.moderation_action u where u.undoes = a.id)) as suspensions
    from community.member m
    cross join lateral (
      select count(*) as writings, count(*) filter (where x.at > ${since}) as recent_writings,
        count(distinct (x.at at time zone 'UTC')::date) filter (where x.at > ${since}) as active_days
      from (
        select p.published_at as at from community.post p where p.author_id = m.id and p.state = 'published'
        union all select c.created_at from community.comment c join community.comment_place l on l.comment_id = c.id
          where c.author_id = m.id and l.is_shown) x) w
    cross join lateral (
      select count(*) as up_votes, count(distinct t.member_id) as voters,
        count(*) filter (where t.at > ${since}) as recent_up_votes,
        count(distinct t.member_id) filter (where t.at > ${since}) as recent_voters
      from community.post p join community.vote t on t.post_id = p.id and t.value = 1
      where p.author_id = m.id and p.state = 'published') v
    where m.id = any (${[...memberIds]})`.execute(db);
  return new Map(
    rows.map((row): [string, Deeds] => [
      row.id,
      {
        daysSinceJoining: row.days,
        writings: row.writings,
        upVotes: row.upVotes,
        voters: row.voters,
        recent: {
          activeDays: row.activeDays,
          writings: row.recentWritings,
          upVotes: row.recentUpVotes,
          voters: row.recentVoters,
          agreedFlags: row.agreedFlags,
          suspensions: row.suspensions,
        },
      },
    ]),
  );
}

/** A member's level, what it lets them do, and what the next one takes. */
export async function getTrust(
  { db }: Context,
  memberId: string,
  settings: ModerationSettings,
): Promise<TrustStanding> {
  const member = (await db
    .selectFrom('community.member')
    .select(['trust_level', 'trust_locked', 'trust_grace_until', 'joined_at'])
    .where('id', '=', memberId)
    .executeTakeFirst()) ?? {
    trust_level: 0,
    trust_locked: false,
    trust_grace_until: null,
    joined_at: new Date(),
  };
  const level = member.trust_level;
  const next = ([1, 2, 3] as const)[level];
  const deeds = (await readDeeds(db, [memberId])).get(memberId) ?? noDeeds;
  const changes = await db
    .selectFrom('community.trust_change')
    .select(['from_level', 'to_level', 'reason', 'at'])
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute();
  const pace = (counted: 'topics' | 'replies') =>
    paceOf(counted, { trustLevel: level, joinedAt: member.joined_at }, settings, new Date()).aDay;
  return {
    level,
    isLocked: member.trust_locked,
    graceUntil: member.trust_grace_until?.toISOString() ?? null,
    next: next === undefined ? null : { level: next, needs: compareNeeds(next, deeds) },
    changes: changes.map((change) => ({
      from: change.from_level,
      to: change.to_level,
      reason: change.reason,
      at: change.at.toISOString(),
    })),
    limits: {
      images: level === 0 ? settings.newcomerImages : null,
      links: level === 0 ? settings.newcomerLinks : null,
      mentions: level === 0 ? settings.newcomerMentions : settings.mentionsAtMost,
      topicsADay: pace('topics'),
      repliesADay: pace('replies'),
      mayMessage: level > 0,
    },
  };
}
