import { faqText } from '#src/community/contract/faq.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { indexDocument } from '../search/index-document.ts';

/** Takes an entry out of the list and out of what alerts find; its address goes on to work. For staff who curate. */
export async function retireFaq(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.faq.curate');
  await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('community.faq')
      .set({ is_retired: true })
      .where('id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('not_found', faqText.noSuchEntry);
    await indexDocument(tx, 'faq', id);
    await audit(tx, 'community.faq.curate', String(id), { retired: true });
  });
}
