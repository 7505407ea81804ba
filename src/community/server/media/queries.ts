import { sql } from 'kysely';
import type { Episode, Media } from '#src/community/contract/media.ts';
import type { Context } from '#src/platform/server/context.ts';
import { cardColumns, cardOf } from '../members/queries.ts';

const episodesShown = 100;

/** The last episodes of the podcast: public articles with sound. */
export async function listEpisodes(ctx: Context): Promise<Episode[]> {
  const rows = await ctx.db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(['p.id', 'p.title', 'p.slug', 'p.excerpt', 'p.html', 'p.media', 'p.published_at', ...cardColumns])
    .where('p.state', '=', 'published')
    .where(sql<boolean>`p.media ->> 'kind' = 'audio'`)
    .orderBy('p.published_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(episodesShown)
    .execute();
  return rows.flatMap((row) => {
    const media = row.media as unknown as Media;
    if (media.kind !== 'audio') return [];
    return {
      id: row.id,
      title: row.title ?? '',
      slug: row.slug,
      excerpt: row.excerpt,
      html: row.html,
      author: cardOf(row, ctx.locale).name,
      contentType: media.contentType,
      sizeBytes: media.sizeBytes,
      durationSeconds: media.durationSeconds,
      publishedAt: row.published_at?.toISOString() ?? '',
    };
  });
}

/** How often a recording was played. */
export async function countPlays(ctx: Context, postId: number): Promise<number> {
  const { plays } = await ctx.db
    .selectFrom('community.play')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('count'), eb.val('0')).as('plays'))
    .where('post_id', '=', postId)
    .executeTakeFirstOrThrow();
  return Number(plays);
}

/** Whether the reader asked to be told of a session. */
export async function wantsReminder(ctx: Context, postId: number, memberId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('community.reminder')
    .select('post_id')
    .where('post_id', '=', postId)
    .where('member_id', '=', memberId)
    .executeTakeFirst();
  return row !== undefined;
}
