import { sql } from 'kysely';
import type { StaffRole, StaffSeat } from '#src/community/contract/members.ts';
import type { Context } from '#src/platform/server/context.ts';
import { cardAt, cardColumns, cardOf } from '../members/queries.ts';

/** Seats that are held now or will be, and those that ended within a year. */
export async function listSeats({ db, locale }: Context): Promise<StaffSeat[]> {
  const rows = await db
    .selectFrom('community.staff as s')
    .innerJoin('community.member as m', 'm.id', 's.member_id')
    .select(['s.id', 's.role', 's.starts_at', 's.ends_at', ...cardColumns])
    .select(cardAt('s.granted_by').as('grantedBy'))
    .where(sql<boolean>`coalesce(s.ends_at, 'infinity') > now() - interval '1 year'`)
    .orderBy(sql`coalesce(s.ends_at, 'infinity')`, 'desc')
    .orderBy('s.starts_at')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    member: cardOf(row, locale),
    role: row.role as StaffRole,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
    grantedBy: row.grantedBy === null ? null : cardOf(row.grantedBy, locale),
  }));
}
