import { BeginImport, type ImportRun } from '#src/community/contract/imports.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { getImport } from './queries.ts';

/** Begins an import from a folder of Markdown or a forum's export; a dry one will keep nothing. */
export async function beginImport(ctx: Context, given: BeginImport): Promise<ImportRun> {
  await requireStaff(ctx, 'community.post.import');
  const { source, site, isDry } = BeginImport.parse(given);
  const member = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.db
      .insertInto('community.import_run')
      .values({ source, site, is_dry: isDry, started_by: member.id })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.post.import', id, { source, site, isDry });
    return getImport(tx, id);
  });
}
