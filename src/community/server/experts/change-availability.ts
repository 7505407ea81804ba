import { ChangeAvailability } from '#src/community/contract/experts.ts';
import { expertText } from '#src/community/contract/experts.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Says as an expert how much time one has, and at which rate; effective at once, without the committee. */
export async function changeAvailability(ctx: Context, given: ChangeAvailability): Promise<void> {
  const { availability, rate } = ChangeAvailability.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: what a member says of their own time
    const member = await requireMember(tx);
    const changed = await tx.db
      .updateTable('community.expert')
      .set({
        availability,
        rate_minor: rate?.minor ?? null,
        rate_currency: rate?.currency ?? null,
        rate_unit: rate?.unit ?? null,
      })
      .where('member_id', '=', member.id)
      .where('state', 'in', ['applied', 'approved'])
      .returning('member_id')
      .executeTakeFirst();
    if (!changed) throw new AppError('conflict', expertText.notApproved);
  });
}
