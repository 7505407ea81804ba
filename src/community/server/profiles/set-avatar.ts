import type { OwnProfile } from '#src/community/contract/members.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { keepImage } from '../images/keep-image.ts';
import { requireWriter } from '../members/require-member.ts';
import { getOwnProfile } from './queries.ts';

export const avatarBytesAtMost = 512 * 1024;

/** Makes a picture of pixels one's own; null takes it away. Refuses what is no picture, and more than 512 KiB. */
export async function setAvatar(
  ctx: Context,
  place: FilePlace,
  stream: ReadableStream<Uint8Array> | null,
): Promise<OwnProfile> {
  const member = await requireWriter(ctx);
  const file =
    stream === null
      ? null
      : await keepImage(
          ctx,
          { ...place, bytesAtMost: Math.min(place.bytesAtMost, avatarBytesAtMost) },
          'avatar',
          stream,
        );
  return inTransaction(ctx, async (tx) => {
    // not audited: one's own picture; the file is
    await tx.db
      .updateTable('community.member')
      .set({ avatar_file_id: file?.id ?? null })
      .where('id', '=', member.id)
      .execute();
    return getOwnProfile(tx);
  });
}
