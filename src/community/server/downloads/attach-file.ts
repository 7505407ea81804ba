import { downloadText } from '#src/community/contract/downloads.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { typeOfHead } from '#src/platform/server/files/receive-bytes.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { askCustomer } from '../case-studies/keep-case-study.ts';
import { holdCaseStudy } from '../case-studies/hold-case-study.ts';
import { requireRoom } from '../images/require-room.ts';
import { piecesOf, storeAsMember } from '../images/store-as-member.ts';
import { requireWriter } from '../members/require-member.ts';
import { dropFile } from './drop-file.ts';
import { findPublisher } from './queries.ts';
import { downloadBytesAtMost, fileNameOf, isDocument } from './rules.ts';

/**
 * Gives a case study of the member who acts its file, in place of the one it had. The customer approves it anew. Refuses what
 * is neither PDF nor ZIP inside, and more than there is room for.
 */
export async function attachFile(
  ctx: Context,
  place: FilePlace,
  postId: number,
  name: string,
  stream: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const member = await requireWriter(ctx);
  await requireOwnCase(ctx, postId, member.id);
  await takeRate(ctx.db, `download-file:${member.id}`, { limit: 20, windowSeconds: 24 * 3600 });
  await requireRoom(ctx, member);
  const { bytes, kind } = await readDocument(stream, Math.min(place.bytesAtMost, downloadBytesAtMost));
  const file = await storeAsMember(ctx, place, { name: fileNameOf(kind, name), public: false }, bytes);
  try {
    await inTransaction(ctx, async (tx) => {
      await requireOwnCase(tx, postId, member.id);
      const before = await tx.db
        .selectFrom('community.download')
        .select(['file_id', 'is_gated'])
        .where('post_id', '=', postId)
        .executeTakeFirst();
      const publisher = await findPublisher(tx.db, member.id);
      const said = { file_id: file.id, publisher_id: publisher?.id ?? null };
      await tx.db
        .insertInto('community.download')
        .values({ post_id: postId, ...said })
        .onConflict((oc) =>
          // What asks for names goes on doing so, for whom it did.
          oc.column('post_id').doUpdateSet(before?.is_gated === true ? { file_id: file.id } : said),
        )
        .execute();
      await tx.db
        .insertInto('community.upload')
        .values({ file_id: file.id, member_id: member.id, size_bytes: file.sizeBytes })
        .execute();
      if (before) await dropFile(tx, before.file_id);
      if (await holdCaseStudy(tx, postId)) await askCustomer(tx, postId, `:${file.id}`);
      await audit(tx, 'community.download.attach', String(postId), { sizeBytes: file.sizeBytes });
    });
  } catch (error) {
    await inTransaction(ctx, (tx) => dropFile(tx, file.id));
    throw error;
  }
}

/** A case study of this member, its article locked when the caller is in a transaction. */
export async function requireOwnCase(ctx: Context, postId: number, memberId: string): Promise<void> {
  const own = await ctx.db
    .selectFrom('community.post as p')
    .innerJoin('community.case_study as s', 's.post_id', 'p.id')
    .select('p.id')
    .where('p.id', '=', postId)
    .where('p.author_id', '=', memberId)
    .where('p.state', '<>', 'removed')
    .$if(ctx.db.isTransaction, (q) => q.forUpdate('p'))
    .executeTakeFirst();
  if (!own) throw new AppError('not_found', downloadText.noSuch);
}

async function readDocument(stream: ReadableStream<Uint8Array> | null, bytesAtMost: number) {
  const bytes = Buffer.concat(await Array.fromAsync(piecesOf(stream, bytesAtMost)));
  const kind = typeOfHead(bytes.subarray(0, 16));
  if (kind === undefined || !isDocument(kind)) throw new AppError('invalid', downloadText.wrongType);
  return { bytes, kind };
}
