import { type CompiledQuery, sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
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

type Telling = {
  memberId: string;
  kind: string;
  key: string;
  actorId: string | null;
  postId: number | null;
  commentId: number | null;
  payload: string;
  inPage: boolean;
  mail: string;
  push: boolean;
};

const tell = prepareQuery((db: Db, given: Telling) => {
  const { memberId, kind, actorId } = given;
  const query = sql<{ id: number }>`
    insert into community.notification (member_id, kind, key, actor_id, post_id, comment_id, payload, in_page, mail, push)
    select m.id, ${kind}, ${given.key}, ${actorId}, ${given.postId}, ${given.commentId},
      ${given.payload}, coalesce(w.in_page, ${given.inPage}), coalesce(w.mail, ${given.mail}),
      coalesce(w.push, ${given.push}) and exists (select from community.push_subscription s where s.member_id = m.id)
    from community.member m
    left join community.notification_preference w on w.member_id = m.id and w.kind = ${kind}
    where m.id = ${memberId} and m.erased_at is null
      and not exists (select from community.block b where b.member_id = m.id and b.blocked_id = ${actorId})
    on conflict (member_id, key) do nothing
    returning id`;
  return { compile: () => query.compile(db) };
});

/**
 * Tells a member of something, once for each event, in the caller's transaction: on the ways that the member wants. Tells
 * nobody of what they did themselves, nobody who left, and nobody who blocked the one who did it. Answers whether it was
 * told now.
 */
export async function notifyMember(tx: Context, notice: Notice): Promise<boolean> {
  const [telling] = tellingOf(tx.db, notice);
  return telling !== undefined && (await tx.db.executeQuery(telling)).rows.length > 0;
}

/** The statement that does so, to be asked with others in one write; none for what a member did themselves. */
export function tellingOf(db: Db, notice: Notice): CompiledQuery<unknown>[] {
  const { memberId, kind, key, actorId = null, payload } = notice;
  if (actorId === memberId) return [];
  const telling = tell.of(db, {
    memberId,
    kind,
    key,
    actorId,
    postId: payload.postId ?? null,
    commentId: payload.commentId ?? null,
    payload: JSON.stringify(payload),
    ...usualWays(kind),
  });
  return [telling];
}
