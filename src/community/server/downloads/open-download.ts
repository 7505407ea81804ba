import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Download } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { getArticle } from '../articles/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';

/**
 * Where the bytes of a case study's file lie, for who may have them: everybody if it is free, otherwise who gave their name, by
 * account or by a link that was confirmed. Who fetches is counted, at most once an hour. Refuses a case study that the reader does not see.
 */
export async function openDownload(
  ctx: Context,
  postId: number,
  token: string | undefined,
): Promise<Download & { place: string }> {
  const { caseStudy } = await getArticle(ctx, postId);
  const download = caseStudy?.download;
  if (!download) throw new AppError('not_found', downloadText.noSuch);
  if (!download.isOpen && !(await mayFetch(ctx, postId, token)))
    throw token === undefined
      ? new AppError('forbidden', downloadText.isGated)
      : new AppError('invalid', downloadText.linkDead);
  const { place } = await ctx.db
    .selectFrom('platform.file')
    .select('place')
    .where('id', '=', download.file)
    .executeTakeFirstOrThrow();
  if (!download.mayMark) await countFetch(ctx, postId);
  return { ...download, place };
}

export const hashOf = (token: string) => createHash('sha256').update(token).digest();

async function mayFetch(ctx: Context, postId: number, token: string | undefined): Promise<boolean> {
  if (token === undefined) return mayAsStaff(ctx, 'community.post.moderate');
  const grant = await ctx.db
    .selectFrom('community.download_grant')
    .select('id')
    .where('token_hash', '=', hashOf(token))
    .where('post_id', '=', postId)
    .where('expires_at', '>', sql<Date>`now()`)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return grant !== undefined;
}

async function countFetch(ctx: Context, postId: number): Promise<void> {
  const who = ctx.actor.id ?? ctx.ip ?? '';
  const isNew = await takeRate(ctx.db, `download:${postId}:${who}`, { limit: 1, windowSeconds: 3600 }).then(
    () => true,
    () => false,
  );
  if (isNew)
    await sql`update community.download set count = count + 1 where post_id = ${postId}`.execute(ctx.db);
}
