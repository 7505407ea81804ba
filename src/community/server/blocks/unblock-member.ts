import { memberText } from '#src/community/contract/members.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Hears a member again; harmless when they were not blocked. */
export async function unblockMember(ctx: Context, handle: string): Promise<void> {
  const member = await requireMember(ctx);
  const other = await ctx.db
    .selectFrom('community.member')
    .select('id')
    .where('handle', '=', handle)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  if (!other) throw new AppError('not_found', memberText.noSuchMember);
  await ctx.db
    .deleteFrom('community.block')
    .where('member_id', '=', member.id)
    .where('blocked_id', '=', other.id)
    .execute();
}
