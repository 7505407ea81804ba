import { expertText } from '#src/community/contract/experts.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { indexDocument } from '../search/index-document.ts';

/** Leaves the list of experts, or takes an application back. */
export async function withdrawExpert(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: what a member offers, they may take back
    const member = await requireMember(tx);
    const left = await tx.db
      .updateTable('community.expert')
      .set({ state: 'withdrawn' })
      .where('member_id', '=', member.id)
      .where('state', 'in', ['applied', 'approved'])
      .returning('member_id')
      .executeTakeFirst();
    if (!left) throw new AppError('conflict', expertText.notApproved);
    await indexDocument(tx, 'expert', member.id);
  });
}
