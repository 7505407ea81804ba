import { sql } from 'kysely';
import { editText } from '#src/community/contract/edits.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Takes an own suggestion back while nobody has decided about it. */
export async function withdrawEdit(ctx: Context, editId: number): Promise<void> {
  const { id: memberId } = await requireMember(ctx);
  // not audited: nothing public changed.
  await inTransaction(ctx, async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('community.suggested_edit')
      .set({ state: 'withdrawn', decided_at: sql<Date>`now()` })
      .where('id', '=', editId)
      .where('editor_id', '=', memberId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('not_found', editText.noSuchEdit);
    await tx.db.deleteFrom('community.review_vote').where('subject', '=', `edit:${editId}`).execute();
  });
}
