import { sql } from 'kysely';
import { coreApplicationPath } from '#src/community/contract/addresses.ts';
import type { VoteChoice } from '#src/community/contract/core-applications.ts';
import { applicationNoticeText } from '#src/community/contract/core-applications.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import type { Context } from '#src/platform/server/context.ts';
import { insertSeat } from '../committees/fill-seat.ts';
import { listElectors } from '../committees/queries.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { outcomeOf, seatMonths } from './rules.ts';

/** An application with its row locked in the caller's transaction. */
export async function lockApplication(tx: Context, id: number) {
  return tx.db
    .selectFrom('community.core_application')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockApplication>>>;

/** Decides a locked application if the votes of those who hold seats now do: accepted, it gives the seat in the same transaction. */
export async function decideApplication(tx: Context, application: Locked): Promise<void> {
  const { id, committee_id: committeeId, member_id: memberId } = application;
  const electors = (await listElectors(tx, committeeId)).filter((one) => one !== memberId);
  const votes = await tx.db
    .selectFrom('community.core_application_vote')
    .select(['member_id', 'choice'])
    .where('application_id', '=', id)
    .execute();
  const choices = votes
    .filter((vote) => electors.includes(vote.member_id))
    .map(({ choice }) => choice as VoteChoice);
  const isOver = application.votes_until <= new Date();
  const outcome = outcomeOf({ electors: electors.length, choices, isOver });
  if (outcome === 'open') return;
  await tx.db
    .updateTable('community.core_application')
    .set({ state: outcome, decided_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  const committee = await tx.db
    .selectFrom('community.committee')
    .select(['id', 'slug', 'name_en', 'name_zh'])
    .where('id', '=', committeeId)
    .executeTakeFirstOrThrow();
  await audit(tx, 'community.core-application.decide', String(id), {
    committee: committee.slug,
    outcome,
    electors: electors.length,
    votes: choices.length,
  });
  await notifyMember(tx, {
    memberId,
    kind: 'core-application',
    key: `core-application-decided:${id}`,
    payload: { href: coreApplicationPath(id), words: applicationNoticeText[outcome] },
  });
  if (outcome === 'accepted')
    await insertSeat(tx, {
      committee,
      memberId,
      office: 'member',
      period: sql<string>`tstzrange(now(), now() + make_interval(months => ${seatMonths}))`,
      origin: 'applied',
      grantedBy: null,
      applicationId: id,
    });
}
