import { sql } from 'kysely';
import type { Media } from '#src/community/contract/media.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';

/** Where the sound of a public article is; who asks is counted as a listener, at most once an hour. */
export async function countPlay(ctx: Context, postId: number): Promise<string> {
  const row = await ctx.db
    .selectFrom('community.post')
    .select('media')
    .where('id', '=', postId)
    .where('state', '=', 'published')
    .executeTakeFirst();
  const media = row?.media as Media | null | undefined;
  if (media?.kind !== 'audio') throw new AppError('not_found', postText.noSuchPost);
  // A player asks for one file in many pieces.
  const isNew = await takeRate(ctx.db, `play:${postId}:${ctx.ip ?? ''}`, {
    limit: 1,
    windowSeconds: 3600,
  }).then(
    () => true,
    () => false,
  );
  if (isNew)
    await sql`insert into community.play (post_id, day, count) values (${postId}, current_date, 1)
      on conflict (post_id, day) do update set count = community.play.count + 1`.execute(ctx.db);
  return media.url;
}
