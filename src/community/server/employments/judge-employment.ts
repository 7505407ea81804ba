import { sql } from 'kysely';
import type { EmploymentStanding } from '#src/community/contract/employments.ts';
import { employmentText } from '#src/community/contract/employments.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireManager } from '../organisations/require-manager.ts';
import { attributePosts, lockEmployment } from './attribute-posts.ts';

/**
 * Confirms or disputes that somebody worked at an organisation; a disputed time counts for nobody from then on. Only for
 * its managers, and never for one's own.
 */
export async function judgeEmployment(
  ctx: Context,
  slug: string,
  id: string,
  standing: EmploymentStanding,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: the row says who judged it and when
    const { member, organisation } = await requireManager(tx, slug);
    const employment = await tx.db
      .selectFrom('community.employment')
      .select('member_id')
      .where('id', '=', id)
      .where('organisation_id', '=', organisation.id)
      .executeTakeFirst();
    if (!employment) throw new AppError('not_found', employmentText.noSuch);
    if (employment.member_id === member.id) throw new AppError('conflict', employmentText.ownEmployment);
    await lockEmployment(tx, [employment.member_id]);
    await tx.db
      .updateTable('community.employment')
      .set({ standing, judged_by: member.id, judged_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await attributePosts(tx, [employment.member_id]);
  });
}
