import type { Context } from '#src/platform/server/context.ts';
import { enqueue } from '#src/platform/server/jobs.ts';

/** Removes a file of the community in the caller's transaction, and its bytes soon after. Nothing may name it any more. */
export async function dropFile(tx: Context, fileId: string): Promise<void> {
  const file = await tx.db
    .deleteFrom('platform.file')
    .where('id', '=', fileId)
    .returning('place')
    .executeTakeFirst();
  if (file) await enqueue(tx.db, 'platform.remove-bytes', { place: file.place });
}
