import { MarkDownload } from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { dropFile } from './drop-file.ts';
import { findPublisher } from './queries.ts';

/**
 * Makes the file of a case study free, or lets it ask for names; by its author and by managers of the organisation that
 * publishes it. Refuses to ask for names where no organisation stands behind the author.
 */
export async function markDownload(ctx: Context, postId: number, given: MarkDownload): Promise<void> {
  const { isGated } = MarkDownload.parse(given);
  await inTransaction(ctx, async (tx) => {
    const download = await lockDownload(tx, postId);
    if (download.is_gated === isGated) return;
    const publisher = download.isAuthor
      ? (await findPublisher(tx.db, download.author_id))?.id
      : download.publisher_id;
    if (isGated && !publisher) throw new AppError('conflict', downloadText.noOrganisation);
    await tx.db
      .updateTable('community.download')
      .set({ is_gated: isGated, ...(isGated && { publisher_id: publisher }) })
      .where('post_id', '=', postId)
      .execute();
    await audit(tx, 'community.download.mark', String(postId), { isGated });
  });
}

/** Takes the file off a case study, by the same people; leads that were given for it stay. */
export async function removeDownload(ctx: Context, postId: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { file_id } = await lockDownload(tx, postId);
    await tx.db.deleteFrom('community.download').where('post_id', '=', postId).execute();
    await dropFile(tx, file_id);
    await audit(tx, 'community.download.remove', String(postId));
  });
}

/** A file and its article, locked, for those who may mark it; to everybody else it is not there. */
async function lockDownload(tx: Context, postId: number) {
  const { id: memberId } = await requireWriter(tx);
  const row = await tx.db
    .selectFrom('community.post as p')
    .innerJoin('community.download as d', 'd.post_id', 'p.id')
    .leftJoin('community.organisation_manager as g', (join) =>
      join.onRef('g.organisation_id', '=', 'd.publisher_id').on('g.member_id', '=', memberId),
    )
    .select(['p.author_id', 'd.file_id', 'd.is_gated', 'd.publisher_id', 'g.member_id as manager'])
    .where('p.id', '=', postId)
    .where('p.state', '<>', 'removed')
    .forUpdate(['p', 'd'])
    .executeTakeFirst();
  const isAuthor = row?.author_id === memberId;
  if (!row || !(isAuthor || row.manager !== null)) throw new AppError('not_found', downloadText.noSuch);
  return { ...row, isAuthor };
}
