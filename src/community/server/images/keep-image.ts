import { imageText } from '#src/community/contract/images.text.ts';
import type { KeptImage } from '#src/community/contract/images.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { typeOfHead } from '#src/platform/server/files/receive-bytes.ts';
import { takeRate } from '#src/platform/server/limits/take-rate.ts';
import { requireWriter } from '../members/require-member.ts';
import { requireRoom } from './require-room.ts';
import { piecesOf, storeAsMember } from './store-as-member.ts';
import { imageBytesAtMost, imageLimits } from './rules.ts';
import { stripMetadata } from './strip-metadata.ts';

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
  await requireRoom(ctx, member);
  return keepPicture(ctx, member, place, name, await readPicture(stream, bytesAtMostOf(place)));
}

export const bytesAtMostOf = (place: FilePlace) => Math.min(place.bytesAtMost, imageBytesAtMost);

/** Keeps a picture that was read, without what a camera wrote into it about place, time and owner; counts it for the member. */
export async function keepPicture(
  ctx: Context,
  member: { id: string },
  place: FilePlace,
  name: string,
  bytes: Buffer,
): Promise<KeptImage> {
  const plain = await stripMetadata(bytes);
  const file = await storeAsMember(ctx, place, { name, public: true }, plain);
  await ctx.db
    .insertInto('community.upload')
    .values({ file_id: file.id, member_id: member.id, size_bytes: file.sizeBytes })
    .execute();
  return { id: file.id, url: `/api/platform/files/${file.id}`, name: file.name };
}

/** The bytes of a stream that begins as a picture. Refuses everything else, and more than `bytesAtMost`. */
export async function readPicture(
  stream: ReadableStream<Uint8Array> | null,
  bytesAtMost: number,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let isPicture = false;
  for await (const piece of piecesOf(stream, bytesAtMost)) {
    pieces.push(piece);
    length += piece.length;
    isPicture ||= length >= headBytes && beginsAsPicture(pieces);
    if (length >= headBytes && !isPicture) break;
  }
  if (!isPicture) throw new AppError('invalid', imageText.noPicture);
  return Buffer.concat(pieces);
}

const headBytes = 16;
const beginsAsPicture = (pieces: readonly Uint8Array[]) =>
  typeOfHead(Buffer.concat(pieces).subarray(0, headBytes))?.startsWith('image/') === true;
