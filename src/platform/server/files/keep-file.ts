import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { sql } from 'kysely';
import type { NewFile, StoredFile } from '../../contract/files.ts';
import { filesText } from '../../contract/files.text.ts';
import { audit } from '../audit.ts';
import { type Context, inTransaction, requirePermission } from '../context.ts';
import { AppError } from '../errors.ts';
import { enqueue } from '../jobs.ts';
import { takeRate } from '../limits/take-rate.ts';
import type { FilePlace } from './file-place.ts';
import { getFile } from './queries.ts';
import { receiveBytes } from './receive-bytes.ts';

/** An actor who sends more is a mistake or an attack. */
const uploadsAnHour = 300;

/** Keeps an upload for the actor's organisation. Refuses kinds and sizes that are not taken; what was refused leaves nothing. */
export async function keepFile(
  ctx: Context,
  place: FilePlace,
  input: NewFile,
  stream: ReadableStream<Uint8Array> | null,
): Promise<StoredFile> {
  requirePermission(ctx, 'platform.file.create');
  await takeRate(ctx.db, `upload:${ctx.actor.kind}:${ctx.actor.id}`, {
    limit: uploadsAnHour,
    windowSeconds: 3600,
  });
  return storeFile(ctx, place, input, stream);
}

/** Does the same for work that has a limit of its own, however many files it brings. */
export async function storeFile(
  ctx: Context,
  place: FilePlace,
  input: NewFile,
  stream: ReadableStream<Uint8Array> | null,
): Promise<StoredFile> {
  requirePermission(ctx, 'platform.file.create');
  const bytes = await receiveBytes(stream, place.incoming, place.bytesAtMost);
  try {
    // The row comes first: should this process end now, somebody knows what to remove.
    const name = randomBytes(16).toString('hex');
    const row = await ctx.db
      .insertInto('platform.file')
      .values({
        org_id: ctx.actor.orgId,
        name: input.name,
        content_type: bytes.contentType,
        size_bytes: bytes.sizeBytes,
        sha256: bytes.sha256,
        place: `${name.slice(0, 2)}/${name}`,
        is_public: input.public,
        created_by: ctx.actor.id,
      })
      .returning(['id', 'place'])
      .executeTakeFirstOrThrow();
    await place.store.put(row.place, bytes).catch((cause: unknown) => {
      throw new AppError('unavailable', filesText.storeAway, { cause, retryAfterSeconds: 60 });
    });
    return await inTransaction(ctx, async (tx) => {
      await tx.db
        .updateTable('platform.file')
        .set({ stored_at: sql<Date>`now()` })
        .where('id', '=', row.id)
        .execute();
      await audit(tx, 'platform.file.create', row.id, { name: input.name, sizeBytes: bytes.sizeBytes });
      return getFile(tx, row.id);
    });
  } finally {
    await rm(bytes.path, { force: true });
  }
}

/** Removes a file of the actor's organisation at once from view, and its bytes soon after. */
export async function removeFile(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'platform.file.delete');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .deleteFrom('platform.file')
      .where('org_id', '=', ctx.actor.orgId)
      .where('id', '=', id)
      .where('stored_at', 'is not', null)
      .returning(['name', 'place'])
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', filesText.noSuchFile);
    await enqueue(tx.db, 'platform.remove-bytes', { place: row.place });
    await audit(tx, 'platform.file.delete', id, { name: row.name });
  });
}
