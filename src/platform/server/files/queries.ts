import type { StoredFile } from '../../contract/files.ts';
import { filesText } from '../../contract/files.text.ts';
import { type Context, requirePermission } from '../context.ts';
import type { Db } from '../db.ts';
import { AppError } from '../errors.ts';

const rowOf = (db: Db, id: string) =>
  db
    .selectFrom('platform.file')
    .selectAll()
    .where('id', '=', id)
    .where('stored_at', 'is not', null)
    .executeTakeFirst();

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

const present = (row: Row): StoredFile => ({
  id: row.id,
  name: row.name,
  contentType: row.content_type as StoredFile['contentType'],
  sizeBytes: row.size_bytes,
  sha256: row.sha256.toString('hex'),
  isPublic: row.is_public,
  createdAt: row.created_at.toISOString(),
});

/** What is known about a file of the actor's organisation. */
export async function getFile(ctx: Context, id: string): Promise<StoredFile> {
  const row = await rowOf(ctx.db, id);
  if (!row || row.org_id !== ctx.actor.orgId) throw new AppError('not_found', filesText.noSuchFile);
  return present(row);
}

/** A file to be read, with the place of its bytes: a public one by everybody, others within the organisation. */
export async function getReadableFile(ctx: Context, id: string): Promise<StoredFile & { place: string }> {
  const row = await rowOf(ctx.db, id);
  if (row?.is_public) return { ...present(row), place: row.place };
  requirePermission(ctx, 'platform.file.read');
  if (!row || row.org_id !== ctx.actor.orgId) throw new AppError('not_found', filesText.noSuchFile);
  return { ...present(row), place: row.place };
}
