import { WeighTag, type WeighedTag } from '#src/community/contract/tags.ts';
import { tagText } from '#src/community/contract/tags.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { lockWeights } from '../points/lock-members.ts';
import { entriesABatch, settleTag } from '../points/settle-tag.ts';

/**
 * Says how much of reputation the posts under a tag bring: nothing, once or twice, or with null that the tag says nothing of it.
 * What they brought before is entered once more, in the same transaction; what is more than a batch follows at once by a job.
 */
export async function weighTag(
  ctx: Context,
  name: string,
  given: WeighTag,
  atMost = entriesABatch,
): Promise<WeighedTag> {
  await requireStaff(ctx, 'community.point.manage');
  const { weight } = WeighTag.parse(given);
  return inTransaction(ctx, async (tx) => {
    // Before the tag is read: who enters points now still sees the old weight, and is waited for.
    await lockWeights(tx);
    const tag = await tx.db
      .selectFrom('community.tag')
      .select(['id', 'weight'])
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst();
    if (!tag) throw new AppError('not_found', tagText.noSuchTag);
    await tx.db.updateTable('community.tag').set({ weight }).where('id', '=', tag.id).execute();
    const isDone = await settleTag(tx, tag.id, atMost);
    await audit(tx, 'community.tag.weigh', name, { before: tag.weight, after: weight, isDone });
    return { isDone };
  });
}
