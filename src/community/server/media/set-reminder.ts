import { sql } from 'kysely';
import { mediaText } from '#src/community/contract/media.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Tells the member who acts before a live session begins, or no longer. Refuses what is no session to come. */
export async function setReminder(ctx: Context, postId: number, isWanted: boolean): Promise<void> {
  const member = await requireMember(ctx);
  if (!isWanted) {
    await ctx.db
      .deleteFrom('community.reminder')
      .where('post_id', '=', postId)
      .where('member_id', '=', member.id)
      .execute();
    return;
  }
  const { numAffectedRows } = await sql`
    insert into community.reminder (post_id, member_id)
    select id, ${member.id} from community.post
    where id = ${postId} and state = 'published' and media ->> 'kind' = 'session' and (media ->> 'startsAt')::timestamptz > now()
    on conflict (post_id, member_id) do update set post_id = excluded.post_id`.execute(ctx.db);
  if (numAffectedRows === 0n) throw new AppError('conflict', mediaText.noSession);
}
