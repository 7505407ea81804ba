import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { addJob } from '#src/platform/server/jobs.ts';
import { usualWays } from './channels.rules.ts';

export type Notice = {
  memberId: string;
  /** A name such as `answer`, `comment`, `mention`, `accepted`, `vote-milestone`, `bounty`, `follow`, `message`. */
  kind: string;
  /** Names the event, such as `answer:512`: the same one is told once, however often it is said. */
  key: string;
  /** Who caused it: never told themselves. */
  actorId?: string | null;
  payload: NoticePayload;
};

/** What the words of a notice are made of. Of a post or comment it is shown only while that is public. */
export type NoticePayload = {
  /** The page it leads to. */
  href?: string;
  title?: string;
  excerpt?: string;
  postId?: number;
  commentId?: number;
  [more: string]: unknown;
};

/** A short while in which what happens together becomes one mail. */
const gatherSeconds = 30;

/**
 * Tells a member of something, once for each event, in the caller's transaction: on the ways that the member wants. Tells
 * nobody of what they did themselves, nobody who left, and nobody who blocked the one who did it. Answers whether it was
 * told now.
 */
export async function notifyMember(tx: Context, notice: Notice): Promise<boolean> {
  const { memberId, kind, key, actorId = null, payload } = notice;
  if (actorId === memberId) return false;
  const usual = usualWays(kind);
  const delivery = addJob(
    'community.deliver-notices',
    { memberId },
    { key: `notices:${memberId}`, waitSeconds: gatherSeconds, keepTime: true },
  );
  const { rows } = await sql`
    with told as (
    insert into community.notification (member_id, kind, key, actor_id, post_id, comment_id, payload, in_page, mail, push)
    select m.id, ${kind}, ${key}, ${actorId}, ${payload.postId ?? null}, ${payload.commentId ?? null},
      ${JSON.stringify(payload)}, coalesce(w.in_page, ${usual.inPage}), coalesce(w.mail, ${usual.mail}),
      coalesce(w.push, ${usual.push}) and exists (select from community.push_subscription s where s.member_id = m.id)
    from community.member m
    left join community.notification_preference w on w.member_id = m.id and w.kind = ${kind}
    where m.id = ${memberId} and m.erased_at is null
      and not exists (select from community.block b where b.member_id = m.id and b.blocked_id = ${actorId})
    on conflict (member_id, key) do nothing
    returning mail, push)
    select case when mail = 'now' or push then (${delivery}).id end as job from told`.execute(tx.db);
  return rows.length > 0;
}
