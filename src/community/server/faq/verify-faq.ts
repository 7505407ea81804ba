import { sql } from 'kysely';
import { type Faq, VerifyFaq } from '#src/community/contract/faq.ts';
import { faqText } from '#src/community/contract/faq.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { indexDocument } from '../search/index-document.ts';
import { getFaq } from './queries.ts';

/** Says of an entry that it was looked at and holds for every version there is now. For staff who curate. */
export async function verifyFaq(ctx: Context, id: number, given: VerifyFaq): Promise<Faq> {
  await requireStaff(ctx, 'community.faq.curate');
  const member = await requireMember(ctx);
  const { note } = VerifyFaq.parse(given);
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .updateTable('community.faq')
      .set({ verified_at: sql<Date>`now()`, verified_by: member.id, proved_on: null, broke_on: null })
      .where('id', '=', id)
      .returning('revision')
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', faqText.noSuchEntry);
    await tx.db
      .insertInto('community.faq_verification')
      .values({ faq_id: id, member_id: member.id, revision: row.revision, note })
      .execute();
    await indexDocument(tx, 'faq', id);
    // What the proof gave last is right, then: later runs are held against it.
    await sql`update community.run_result r set is_recorded = true from community.run_block b
      where b.id = r.block_id and b.is_proof and b.faq_id = ${id}`.execute(tx.db);
    await audit(tx, 'community.faq.curate', String(id), { verified: row.revision });
    return getFaq(tx, id);
  });
}
