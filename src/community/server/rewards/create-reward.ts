import { WriteReward } from '#src/community/contract/rewards.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

/** Adds what points can be redeemed for. */
export async function createReward(ctx: Context, given: WriteReward): Promise<{ id: number }> {
  await requireStaff(ctx, 'community.reward.manage');
  const { name, about, valueMinor, ...wish } = WriteReward.parse(given);
  return inTransaction(ctx, async (tx) => {
    const made = await tx.db
      .insertInto('community.reward')
      .values({
        ...wish,
        name: JSON.stringify(name),
        about: JSON.stringify(about),
        value_minor: valueMinor,
        created_by: (await findReader(tx))?.id ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'community.reward.create', String(made.id), { name, ...wish });
    return made;
  });
}
