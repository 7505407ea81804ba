import { filesText } from '#src/platform/contract/files.text.ts';
import { type Context, noOrg } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { storeFile } from '#src/platform/server/files/keep-file.ts';

/** The pieces of a stream as they come. Refuses more than `bytesAtMost` as soon as it passes it. */
export async function* piecesOf(
  stream: ReadableStream<Uint8Array> | null,
  bytesAtMost: number,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of (stream ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > bytesAtMost)
      throw new AppError('too_large', filesText.tooLarge(Math.max(1, Math.floor(bytesAtMost / 1024 ** 2))));
    yield piece;
  }
}

/** Stores what a member of the community sent and was looked at. It belongs to no organisation of the fleet: nobody removes it by leaving one. */
export async function storeAsMember(
  ctx: Context,
  place: FilePlace,
  file: { name: string; public: boolean },
  bytes: Uint8Array,
) {
  const asMember: Context = {
    ...ctx,
    actor: { ...ctx.actor, orgId: noOrg, may: (permission) => permission === 'platform.file.create' },
  };
  // A picture turned upright may have grown a little.
  const room = { ...place, bytesAtMost: Math.max(bytes.length, place.bytesAtMost) };
  return storeFile(asMember, room, file, streamOf(bytes));
}

const streamOf = (bytes: Uint8Array) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
