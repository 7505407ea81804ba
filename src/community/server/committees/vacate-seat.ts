import { sql } from 'kysely';
import { committeeText } from '#src/community/contract/committees.text.ts';
import type { Office } from '#src/community/contract/committees.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { getSeatOf } from './queries.ts';
import { mayFill } from './seats.rules.ts';

/** Ends a seat at once: its holder by stepping down, or those who fill it. What was done in it stands, and so does the record. */
export async function vacateSeat(ctx: Context, slug: string, seatId: string): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { committee, office, managesAll, reader } = await getSeatOf(tx, slug);
    const seat = await tx.db
      .selectFrom('community.committee_seat')
      .select(['id', 'member_id', 'office'])
      .where('id', '=', seatId)
      .where('committee_id', '=', committee.id)
      .where(sql<boolean>`upper(period) > now()`)
      .forUpdate()
      .executeTakeFirst();
    const isOwn = seat !== undefined && seat.member_id === reader?.id;
    const may = mayFill(slug, office, managesAll);
    if (!isOwn && !(seat ? may.includes(seat.office as Office) : may.length > 0))
      throw new AppError('forbidden', committeeText.notChair);
    if (!seat) throw new AppError('not_found', committeeText.noSuchSeat);
    await tx.db
      .updateTable('community.committee_seat')
      .set({ period: endedNow })
      .where('id', '=', seat.id)
      .execute();
    await audit(tx, 'community.committee.vacate-seat', seat.id, { committee: slug, office: seat.office });
  });
}

/** The period of a seat that ends now; one that begins later was never held, and is as short as can be. */
export const endedNow = sql<string>`tstzrange(lower(period), greatest(now(), lower(period) + interval '1 microsecond'))`;
