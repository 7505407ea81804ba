import { imageText } from '#src/community/contract/images.text.ts';
import type { KeptImage } from '#src/community/contract/images.ts';
import { noOrg, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { keepFile } from '#src/platform/server/files/keep-file.ts';
import { typeOfHead } from '#src/platform/server/files/receive-bytes.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { requireWriter } from '../members/require-member.ts';
import { imageBytesAtMost, imageLimits } from './rules.ts';

/**
 * Keeps a picture that a member puts into what they write; readable by everybody. Refuses everything that is no picture of
 * pixels (also SVG, which is a program), one that is too large, and more than the member's trust allows.
 */
export async function keepImage(
  ctx: Context,
  place: FilePlace,
  name: string,
  stream: ReadableStream<Uint8Array> | null,
): Promise<KeptImage> {
  const member = await requireWriter(ctx);
  const limits = imageLimits(member.trustLevel);
  await takeRate(ctx.db, `image:${member.id}`, { limit: limits.aDay, windowSeconds: 24 * 3600 });
  const { used } = await ctx.db
    .selectFrom('community.upload')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('size_bytes'), eb.val('0')).as('used'))
    .where('member_id', '=', member.id)
    .executeTakeFirstOrThrow();
  if (Number(used) >= limits.bytesAltogether)
    throw new AppError('too_large', imageText.noRoom(limits.bytesAltogether / 1024 ** 2));
  const pixels = await onlyPixels(stream);
  // Pictures of the community belong to no organisation of the fleet: nobody removes them by leaving one.
  const asMember: Context = {
    ...ctx,
    actor: { ...ctx.actor, orgId: noOrg, may: (permission) => permission === 'platform.file.create' },
  };
  const file = await keepFile(
    asMember,
    { ...place, bytesAtMost: Math.min(place.bytesAtMost, imageBytesAtMost) },
    { name, public: true },
    pixels,
  );
  await ctx.db
    .insertInto('community.upload')
    .values({ file_id: file.id, member_id: member.id, size_bytes: file.sizeBytes })
    .execute();
  return { id: file.id, url: `/api/platform/files/${file.id}`, name: file.name };
}

/** The same bytes, once their beginning has shown that they are a picture. */
async function onlyPixels(stream: ReadableStream<Uint8Array> | null): Promise<ReadableStream<Uint8Array>> {
  const reader = stream?.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  while (reader && length < 16) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  const type = typeOfHead(Buffer.concat(pieces).subarray(0, 16));
  if (!type?.startsWith('image/')) {
    await reader?.cancel();
    throw new AppError('invalid', imageText.noPicture);
  }
  return new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift() ?? (await reader?.read())?.value;
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}
