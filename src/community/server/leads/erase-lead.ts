import { downloadText } from '#src/community/contract/downloads.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { requireLeadsOf } from './queries.ts';

/** Erases a lead of an organisation for one of its managers; who gave it keeps the file. Refuses one of another organisation. */
export async function eraseLead(ctx: Context, slug: string, id: number): Promise<void> {
  await requireWriter(ctx);
  await inTransaction(ctx, async (tx) => {
    const organisationId = await requireLeadsOf(tx, slug);
    const gone = await tx.db
      .deleteFrom('community.lead')
      .where('id', '=', id)
      .where('organisation_id', '=', organisationId)
      .where('confirmed_at', 'is not', null)
      .returning('id')
      .executeTakeFirst();
    if (!gone) throw new AppError('not_found', downloadText.noSuchLeads);
    await audit(tx, 'community.lead.erase', String(id), { organisation: slug });
  });
}
