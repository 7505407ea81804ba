import { sql } from 'kysely';
import { peopleText } from '#src/community/contract/people.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { findConversation } from './queries.ts';

/** Notes that the actor has read a conversation up to now. */
export async function markRead(ctx: Context, id: number): Promise<void> {
  const member = await requireMember(ctx);
  const found = await findConversation(ctx, id, member.id);
  if (!found) throw new AppError('not_found', peopleText.noConversation);
  const column = found.starterId === member.id ? 'starter_read_at' : 'other_read_at';
  await ctx.db
    .updateTable('community.conversation')
    .set({ [column]: sql<Date>`active_at` })
    .where('id', '=', id)
    .execute();
}
