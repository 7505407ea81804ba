import { sql } from 'kysely';
import { areaText } from '#src/community/contract/areas.text.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireSeat } from '../committees/require-seat.ts';
import { endedNow } from '../committees/vacate-seat.ts';
import { findByHandle } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { lockArea } from './queries.ts';

/** Lets one member, or nobody, answer for an area from now on; who did before stays in the record. */
export async function assignArea(ctx: Context, id: number, handle: string | null): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const area = await lockArea(tx, id);
    if (!area) throw new AppError('not_found', areaText.noSuch);
    const { reader } = await requireSeat(tx, area.slug);
    const owner = handle === null ? undefined : await findByHandle(tx.db, handle);
    if (handle !== null && !owner) throw new AppError('not_found', memberText.noSuchMember);
    const current = await tx.db
      .selectFrom('community.area_owner')
      .select(['id', 'member_id'])
      .where('area_id', '=', id)
      .where(sql<boolean>`period @> now()`)
      .executeTakeFirst();
    if (current && current.member_id === owner?.id) return;
    if (current)
      await tx.db
        .updateTable('community.area_owner')
        .set({ period: endedNow })
        .where('id', '=', current.id)
        .execute();
    if (owner)
      await tx.db
        .insertInto('community.area_owner')
        .values({
          area_id: id,
          member_id: owner.id,
          // After the end of whoever answered for it until now, though that was in this transaction.
          period: sql<string>`tstzrange(greatest(now(), (select max(upper(period)) from community.area_owner
            where area_id = ${id} and not upper_inf(period))), null)`,
          granted_by: reader?.id ?? null,
        })
        .execute();
    await audit(tx, 'community.area.assign', String(id), { area: area.name, handle });
  });
}
