import { sql } from 'kysely';
import { seriesText } from '#src/community/contract/series.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/**
 * Keeps that the member who acts has read an article of a series, or has not; said again, it stands as it was first said.
 * Refuses to mark what is no public part of a series.
 */
export async function markRead(ctx: Context, postId: number, isRead: boolean): Promise<void> {
  const member = await requireMember(ctx);
  // not audited: what somebody reads is their own business.
  if (!isRead) {
    await ctx.db
      .deleteFrom('community.reading')
      .where('post_id', '=', postId)
      .where('member_id', '=', member.id)
      .execute();
    return;
  }
  const { numAffectedRows } = await sql`
    insert into community.reading (member_id, post_id)
    select ${member.id}, id from community.post where id = ${postId} and state = 'published' and series_id is not null
    on conflict (member_id, post_id) do update set read_at = reading.read_at`.execute(ctx.db);
  if (numAffectedRows === 0n) throw new AppError('conflict', seriesText.noPart);
}
