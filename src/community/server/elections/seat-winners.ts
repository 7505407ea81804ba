import { sql } from 'kysely';
import type { Office } from '#src/community/contract/committees.ts';
import { electionText } from '#src/community/contract/elections.text.ts';
import type { Tally } from '#src/community/contract/tallies.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { insertSeat } from '../committees/fill-seat.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { listCandidates, lockElection } from './queries.ts';

/** Gives the winners of a counted election their seats, all or none, once. Refuses while somebody holds an office that only one may. */
export async function seatWinners(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.election.call');
  await inTransaction(ctx, async (tx) => {
    const election = await lockElection(tx, id, 'update');
    const { committee_id: committeeId, office, term_months: months } = election;
    if (election.state !== 'counted') throw new AppError('conflict', electionText.notCounted);
    if (committeeId === null || office === null || months === null || election.seated_at !== null)
      throw new AppError('conflict', electionText.fillsNothing);
    const committee = await tx.db
      .selectFrom('community.committee')
      .select(['id', 'slug', 'name_en', 'name_zh'])
      .where('id', '=', committeeId)
      .executeTakeFirstOrThrow();
    const candidates = await listCandidates(tx, id);
    const by = await findReader(tx);
    for (const winner of (election.tally as Tally).winners) {
      const elected = candidates[winner];
      // Who left the community in the meantime holds no seat.
      if (!elected || elected.member.handle === null) continue;
      await insertSeat(tx, {
        committee,
        memberId: elected.memberId,
        office: office as Office,
        period: sql<string>`tstzrange(now(), now() + make_interval(months => ${months}))`,
        origin: 'elected',
        grantedBy: by?.id ?? null,
      });
    }
    await tx.db
      .updateTable('community.election')
      .set({ seated_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.election.seat-winners', String(id), { committee: committee.slug, office });
  });
}
