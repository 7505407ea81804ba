import { sql } from 'kysely';
import { committeePath } from '#src/community/contract/addresses.ts';
import {
  type FillSeat,
  type SeatOrigin,
  type Office,
  boardSlug,
} from '#src/community/contract/committees.ts';
import { committeeNoticeText, committeeText } from '#src/community/contract/committees.text.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { requirePerson } from '../members/require-member.ts';
import { getSeatOf } from './queries.ts';
import { mayFill } from './seats.rules.ts';

/**
 * Gives a member a seat for some months. Only for those who look after all committees, and for the chair of the committee
 * where it is a member's; never oneself. Refuses a second chair at the same time.
 */
export async function fillSeat(ctx: Context, slug: string, wish: FillSeat): Promise<{ id: string }> {
  requirePerson(ctx);
  return inTransaction(ctx, async (tx) => {
    const { committee, office, managesAll, reader } = await getSeatOf(tx, slug);
    if (!mayFill(slug, office, managesAll).includes(wish.office))
      throw new AppError('forbidden', slug === boardSlug ? committeeText.boardOnly : committeeText.notChair);
    const member = await tx.db
      .selectFrom('community.member')
      .select(['id', 'handle'])
      .where('handle', '=', wish.handle)
      .where('erased_at', 'is', null)
      .where('merged_into', 'is', null)
      .executeTakeFirst();
    if (!member) throw new AppError('not_found', memberText.noSuchMember);
    if (member.id === reader?.id) throw new AppError('conflict', committeeText.notYourself);
    const from = wish.from === undefined ? sql`now()` : sql`greatest(now(), ${wish.from}::timestamptz)`;
    return insertSeat(tx, {
      committee,
      memberId: member.id,
      office: wish.office,
      period: sql<string>`tstzrange(${from}, ${from} + make_interval(months => ${wish.months}))`,
      origin: 'appointed',
      grantedBy: reader?.id ?? null,
    });
  });
}

type NewSeat = {
  committee: { id: string; slug: string; name_en: string; name_zh: string };
  memberId: string;
  office: Office;
  period: ReturnType<typeof sql<string>>;
  origin: SeatOrigin;
  grantedBy: string | null;
  applicationId?: number;
};

/** Writes a seat in the caller's transaction, tells its holder and leaves the audit row. Refuses what overlaps. */
export async function insertSeat(tx: Context, seat: NewSeat): Promise<{ id: string }> {
  const { committee, memberId, office } = seat;
  // Two who fill seats at once do so one after the other.
  await sql`select from community.committee where id = ${committee.id} for update`.execute(tx.db);
  const { rows } = await sql<{ isOwn: boolean }>`
    select member_id = ${memberId} as "isOwn" from community.committee_seat
    where committee_id = ${committee.id} and period && ${seat.period}
      and (member_id = ${memberId} or (${office} = 'chair' and office = 'chair'))
    order by 1 desc limit 1`.execute(tx.db);
  const [taken] = rows;
  if (taken) throw new AppError('conflict', taken.isOwn ? committeeText.hasSeat : committeeText.hasChair);
  const { id } = await tx.db
    .insertInto('community.committee_seat')
    .values({
      committee_id: committee.id,
      member_id: memberId,
      office,
      period: seat.period,
      origin: seat.origin,
      granted_by: seat.grantedBy,
      application_id: seat.applicationId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await notifyMember(tx, {
    memberId,
    kind: 'seat',
    key: `seat:${id}`,
    actorId: seat.grantedBy,
    payload: {
      href: committeePath(committee.slug),
      words: committeeNoticeText.seat({ en: committee.name_en, 'zh-CN': committee.name_zh }),
    },
  });
  await audit(tx, 'community.committee.fill-seat', id, {
    committee: committee.slug,
    memberId,
    office,
    origin: seat.origin,
  });
  return { id };
}
