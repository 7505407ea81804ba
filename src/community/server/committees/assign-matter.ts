import { sql } from 'kysely';
import type { AssignMatter } from '#src/community/contract/committees.ts';
import { committeeText } from '#src/community/contract/committees.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from './require-seat.ts';

/** Says who of the committee sees to a matter. Refuses whoever holds no seat in it. */
export async function assignMatter(
  ctx: Context,
  slug: string,
  matterId: number,
  { handle }: AssignMatter,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const { committee } = await requireSeat(tx, slug);
    const holder = await tx.db
      .selectFrom('community.committee_seat as s')
      .innerJoin('community.member as m', 'm.id', 's.member_id')
      .select('m.id')
      .where('s.committee_id', '=', committee.id)
      .where('m.handle', '=', handle)
      .where(sql<boolean>`s.period @> now()`)
      .executeTakeFirst();
    if (!holder) throw new AppError('not_found', committeeText.holdsNoSeat(handle));
    const assigned = await tx.db
      .updateTable('community.committee_matter')
      .set({ assigned_to: holder.id })
      .where('id', '=', matterId)
      .where('committee_id', '=', committee.id)
      .where('state', '=', 'open')
      .returning('id')
      .executeTakeFirst();
    if (!assigned) throw new AppError('not_found', committeeText.noSuchMatter);
    await audit(tx, 'community.committee.assign-matter', String(matterId), { committee: slug, handle });
  });
}
