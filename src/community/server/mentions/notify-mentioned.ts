import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';
import { type NoticePayload, notifyMember } from '../notifications/notify-member.ts';
import { findMentions } from './find-mentions.ts';

/**
 * Tells the members that a text calls by `@handle`, in the caller's transaction: each once for each `place`, however often
 * the text is changed. Not members who blocked its author, and with `among` nobody else than those.
 */
export async function notifyMentioned(
  tx: Context,
  {
    actorId,
    markdown,
    place,
    payload,
    among,
  }: {
    actorId: string;
    markdown: string;
    place: string;
    payload: NoticePayload;
    among?: ReadonlySet<string>;
  },
): Promise<void> {
  const handles = findMentions(markdown);
  if (handles.length === 0) return;
  const members = await tx.db
    .selectFrom('community.member')
    .select('id')
    .where('handle', 'in', handles)
    .where('erased_at', 'is', null)
    .where(
      sql<boolean>`not exists (select from community.block b where b.member_id = member.id and b.blocked_id = ${actorId})`,
    )
    .execute();
  for (const { id } of members.filter((one) => among?.has(one.id) ?? true))
    await notifyMember(tx, { memberId: id, kind: 'mention', key: `mention:${place}`, actorId, payload });
}
