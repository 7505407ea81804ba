import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

/** Keeps what an organisation's page says now as its revision, in the caller's transaction. */
export async function writeRevision(
  tx: Context,
  organisationId: string,
  editorId: string,
  note: string,
): Promise<void> {
  await sql`insert into community.organisation_revision
      (organisation_id, number, editor_id, name, kind, about_markdown, website, country, size, industry, note)
    select id, revision, ${editorId}, name, kind, about_markdown, website, country, size, industry, ${note}
    from community.organisation where id = ${organisationId}`.execute(tx.db);
}
