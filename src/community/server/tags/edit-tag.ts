import { EditTag } from '#src/community/contract/tags.ts';
import { tagText } from '#src/community/contract/tags.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Says of a tag what it is about, and whether only staff may use it; by staff. */
export async function editTag(ctx: Context, name: string, given: EditTag): Promise<void> {
  await requireStaff(ctx, 'community.tag.manage');
  const { about, isReserved } = EditTag.parse(given);
  await inTransaction(ctx, async (tx) => {
    const tag = await tx.db
      .updateTable('community.tag')
      .set({ about, is_reserved: isReserved })
      .where('name', '=', name)
      .returning('id')
      .executeTakeFirst();
    if (!tag) throw new AppError('not_found', tagText.noSuchTag);
    await audit(tx, 'community.tag.edit', name, { isReserved });
  });
}
