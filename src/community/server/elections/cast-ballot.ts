import { sql } from 'kysely';
import { faultOf } from '#src/community/contract/count-ballots.ts';
import type { CastBallot } from '#src/community/contract/elections.ts';
import { electionText } from '#src/community/contract/elections.text.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { requireMember } from '../members/require-member.ts';
import { ballotIdOf, newReceipt, sealBallot, tokenOf } from './ballot-box.rules.ts';
import { keyContext } from './call-election.ts';
import { findVoter, lockElection } from './queries.ts';

/**
 * Casts the one ballot of a voter and answers the receipt, which is kept nowhere. The mark on the list and the ballot are
 * written in two transactions, so that nothing joins them; a voter whose second one failed may do it again. Refuses a ballot
 * that cannot be counted, and a second one.
 */
export async function castBallot(
  ctx: Context,
  id: number,
  { marks }: CastBallot,
): Promise<{ receipt: string }> {
  // not audited: a line with the voter's name at the ballot's time would join the two
  const member = await requireMember(ctx);
  const { key, token } = await inTransaction(ctx, async (tx) => {
    const election = await lockElection(tx, id, 'share');
    if (election.state !== 'open' || election.ballot_key === null)
      throw new AppError('conflict', electionText.notOpen);
    const voter = await findVoter(tx, id, member.id);
    if (!voter) throw new AppError('conflict', electionText.notEligible);
    const { rows } = await sql<{ candidates: number }>`select count(*)::int as candidates
      from community.election_candidate where election_id = ${id}`.execute(tx.db);
    const { method, seats, max_score: maxScore } = election;
    if (faultOf(marks, { method, seats, maxScore, candidates: rows[0]?.candidates ?? 0 }))
      throw new AppError('invalid', electionText.badBallot);
    const opened = theVault().open(election.ballot_key, keyContext(id));
    const hash = tokenOf(opened, voter.memberId);
    await markVoter(tx, id, voter, hash);
    return { key: opened, token: hash };
  });
  return inTransaction(ctx, async (tx) => {
    const election = await lockElection(tx, id, 'share');
    if (election.ballot_key === null) throw new AppError('conflict', electionText.notOpen);
    const let_ = await tx.db
      .deleteFrom('community.election_token')
      .where('election_id', '=', id)
      .where('hash', '=', token)
      .returning('election_id')
      .executeTakeFirst();
    if (!let_) throw new AppError('conflict', electionText.hasVoted);
    const receipt = newReceipt();
    await tx.db
      .insertInto('community.election_ballot')
      .values({ election_id: id, id: ballotIdOf(receipt), sealed: sealBallot(key, id, { receipt, marks }) })
      .execute();
    return { receipt };
  });
}

/** Marks a voter and makes what lets their ballot in; one who was marked before passes if that is still there. */
async function markVoter(
  tx: Context,
  id: number,
  voter: { memberId: string; hasVoted: boolean },
  hash: Buffer,
): Promise<void> {
  const marked = voter.hasVoted
    ? undefined
    : await tx.db
        .updateTable('community.election_voter')
        .set({ has_voted: true })
        .where('election_id', '=', id)
        .where('member_id', '=', voter.memberId)
        .where('has_voted', '=', false)
        .returning('member_id')
        .executeTakeFirst();
  if (marked) {
    await tx.db.insertInto('community.election_token').values({ election_id: id, hash }).execute();
    return;
  }
  const left = await tx.db
    .selectFrom('community.election_token')
    .select('hash')
    .where('election_id', '=', id)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (!left) throw new AppError('conflict', electionText.hasVoted);
}
