import { CreateBadge } from '#src/community/contract/badges.ts';
import { badgeText } from '#src/community/contract/badges.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';

/** Adds a badge; who reached it before gets it when all badges are worked again, or with their next contribution. */
export async function createBadge(ctx: Context, given: CreateBadge): Promise<void> {
  await requireStaff(ctx, 'community.point.manage');
  const { atLeast, name, about, ...wish } = CreateBadge.parse(given);
  await inTransaction(ctx, async (tx) => {
    const made = await tx.db
      .insertInto('community.badge')
      .values({
        ...wish,
        name: JSON.stringify(name),
        about: JSON.stringify(about),
        at_least: atLeast,
        created_by: (await findReader(tx))?.id ?? null,
      })
      .onConflict((oc) => oc.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) throw new AppError('conflict', badgeText.slugTaken);
    await audit(tx, 'community.badge.create', wish.slug, { name, atLeast, ...wish });
  });
}
