import { createHash } from 'node:crypto';
import type { ImportRun, OfferPictures } from '#src/community/contract/imports.ts';
import { importText } from '#src/community/contract/imports.text.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { FilePlace } from '#src/platform/server/files/file-place.ts';
import { bytesAtMostOf, keepPicture, readPicture } from '../images/keep-image.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { getImport } from './queries.ts';

/** Takes over those of the pictures of a folder that somebody sent before, wherever they lay; answers the paths of the others. */
export async function offerPictures(
  ctx: Context,
  runId: string,
  { pictures }: OfferPictures,
): Promise<{ missing: string[] }> {
  const run = await openRun(ctx, runId);
  const digests = pictures.map(({ digest }) => Buffer.from(digest, 'hex'));
  const known = await ctx.db
    .selectFrom('community.import_picture')
    .select(['digest', 'file_id'])
    .where('digest', 'in', digests)
    .execute();
  const files = new Map(known.map(({ digest, file_id }) => [digest.toString('hex'), file_id]));
  const missing: string[] = [];
  // not audited: the run is, and the pictures lie there already.
  await inTransaction(ctx, async (tx) => {
    for (const { key, digest } of pictures) {
      const fileId = files.get(digest);
      if (fileId === undefined) missing.push(key);
      else await note(tx, run, key, Buffer.from(digest, 'hex'), fileId);
    }
  });
  return { missing };
}

/** Keeps one picture of a folder, so that the writings of the same import show it; again, it is the same picture. */
export async function importPicture(
  ctx: Context,
  place: FilePlace,
  runId: string,
  key: string,
  stream: ReadableStream<Uint8Array> | null,
): Promise<void> {
  const run = await openRun(ctx, runId);
  const bytes = await readPicture(stream, bytesAtMostOf(place));
  const digest = createHash('sha256').update(bytes).digest();
  const { missing } = await offerPictures(ctx, runId, {
    pictures: [{ key, digest: digest.toString('hex') }],
  });
  if (missing.length === 0) return;
  const name = key.split('/').at(-1)?.slice(0, 200) ?? key;
  const { id } = await keepPicture(ctx, await requireMember(ctx), place, name, bytes);
  await note(ctx, run, key, digest, id);
}

async function openRun(ctx: Context, runId: string): Promise<ImportRun> {
  await requireStaff(ctx, 'community.post.import');
  const run = await getImport(ctx, runId);
  if (run.isDry) throw new AppError('conflict', importText.onlyTries);
  return run;
}

async function note(ctx: Context, { site }: ImportRun, key: string, digest: Buffer, fileId: string) {
  await ctx.db
    .insertInto('community.import_picture')
    .values({ site, key, digest, file_id: fileId })
    .onConflict((oc) => oc.columns(['site', 'key']).doUpdateSet({ digest, file_id: fileId }))
    .execute();
}
