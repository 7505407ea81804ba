import { badgeText } from '#src/community/contract/badges.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Gives a badge to nobody else; who has it keeps it. */
export async function retireBadge(ctx: Context, slug: string): Promise<void> {
  await requireStaff(ctx, 'community.point.manage');
  await inTransaction(ctx, async (tx) => {
    const retired = await tx.db
      .updateTable('community.badge')
      .set({ is_retired: true })
      .where('slug', '=', slug)
      .returning('id')
      .executeTakeFirst();
    if (!retired) throw new AppError('not_found', badgeText.noSuch);
    await audit(tx, 'community.badge.retire', slug, {});
  });
}
