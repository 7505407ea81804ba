import { type SqlBool, sql } from 'kysely';
import type { Profile } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';

/** Of posts `p` and their questions `q`: an answer is shown where its question is. */
export const shownAnswer = sql<SqlBool>`(p.kind <> 'answer' or q.state = 'published')`;

/** An article `p` that somebody else wrote in another language. */
export const isTranslation = sql<SqlBool>`(p.kind = 'article' and p.origin = 'translated')`;

/** A session that has begun, `p`, whose author names the member by a handle, or as whose author they speak themselves. */
export const isTalkOf = (memberId: string) =>
  sql<SqlBool>`(p.kind = 'article' and p.state = 'published' and p.media ->> 'kind' = 'session'
    and (p.media ->> 'startsAt')::timestamptz <= now()
    and (p.media -> 'speakers' ?| array(
        select '@' || m.handle from community.member m where ${memberId}::uuid in (m.id, m.merged_into)
        union all select '@' || f.handle from community.former_handle f where f.member_id = ${memberId} and f.kept_until > now())
      or (p.author_id = ${memberId} and (p.media -> 'speakers' = '[]'
        or p.media -> 'speakers' ? (select m.name from community.member m where m.id = ${memberId})))))`;

/** A public wish `w` of the member that was delivered. */
export const isAdoptedOf = (memberId: string) =>
  sql<SqlBool>`(w.author_id = ${memberId} and w.state = 'delivered' and not w.is_private)`;

const none: Profile['counts'] = {
  articles: 0,
  questions: 0,
  answers: 0,
  accepted: 0,
  talks: 0,
  translations: 0,
  wishes: 0,
  followers: 0,
};

/** What a member contributed, each figure as many as the rows that their page lists for it. */
export async function countContributions({ db }: Context, memberId: string): Promise<Profile['counts']> {
  const { rows } = await sql<Profile['counts']>`
    select count(*) filter (where p.kind = 'article')::int as articles,
      count(*) filter (where p.kind = 'question')::int as questions,
      count(*) filter (where p.kind = 'answer')::int as answers,
      count(*) filter (where p.kind = 'answer' and q.accepted_answer_id = p.id)::int as accepted,
      count(*) filter (where ${isTranslation})::int as translations,
      (select count(*) from community.post p where ${isTalkOf(memberId)})::int as talks,
      (select count(*) from community.wish w where ${isAdoptedOf(memberId)})::int as wishes,
      (select count(*) from community.follow f where f.kind = 'member' and f.key = ${memberId})::int as followers
    from community.post p left join community.post q on q.id = p.parent_id
    where p.author_id = ${memberId} and p.state = 'published' and ${shownAnswer}`.execute(db);
  return rows[0] ?? none;
}
