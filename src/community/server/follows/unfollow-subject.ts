import type { FollowKind } from '#src/community/contract/people.ts';
import type { Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { findFollowed } from './find-followed.ts';

/** Follows a member, tag, post or wish no longer; harmless when it was not followed. */
export async function unfollowSubject(ctx: Context, kind: FollowKind, key: string): Promise<void> {
  const member = await requireMember(ctx);
  const id = await findFollowed(ctx, kind, key);
  await ctx.db
    .deleteFrom('community.follow')
    .where('member_id', '=', member.id)
    .where('kind', '=', kind)
    .where('key', '=', id)
    .execute();
}
