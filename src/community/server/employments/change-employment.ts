import { sql } from 'kysely';
import { ChangeEmployment, type Employment } from '#src/community/contract/employments.ts';
import { employmentText } from '#src/community/contract/employments.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { attributePosts, lockEmployment } from './attribute-posts.ts';
import { findOverlap, getEmployment } from './queries.ts';

/**
 * Gives a time of employment of one's own other days or another title, effective at once. What was confirmed of other days
 * is only stated again; what was disputed stays so.
 */
export async function changeEmployment(
  ctx: Context,
  id: string,
  given: ChangeEmployment,
): Promise<Employment> {
  const wish = ChangeEmployment.parse(given);
  return inTransaction(ctx, async (tx) => {
    // not audited: the row and who confirms it are the trace
    const member = await requireWriter(tx);
    await lockEmployment(tx, [member.id]);
    await getEmployment(tx, member.id, id);
    const overlap = await findOverlap(tx, member.id, wish, id);
    if (overlap !== undefined) throw new AppError('conflict', employmentText.overlaps(overlap));
    await sql`update community.employment set title = ${wish.title}, period = wished,
        standing = case when standing = 'confirmed' and period <> wished then 'stated' else standing end
      from (select daterange(${wish.from}::date, ${wish.until}::date, '[]') as wished) w
      where id = ${id} and member_id = ${member.id}`.execute(tx.db);
    await attributePosts(tx, [member.id]);
    return getEmployment(tx, member.id, id);
  });
}
