import { sql } from 'kysely';
import { countBallots } from '#src/community/contract/count-ballots.ts';
import { audit } from '#src/platform/server/audit.ts';
import type { Context } from '#src/platform/server/context.ts';
import { theVault } from '#src/platform/server/secrets.ts';
import { openBallot } from './ballot-box.rules.ts';
import { keyContext } from './call-election.ts';
import { mixBallots } from './mix-ballots.ts';
import { listCandidates, lockElection } from './queries.ts';

/**
 * Opens the box of an election that is over, publishes its ballots in the order of their receipts, and counts them, in the
 * caller's transaction. The box and its key are gone with it: nothing opens a ballot of it again. Answers whether it was done.
 */
export async function countElection(tx: Context, id: number): Promise<boolean> {
  const election = await lockElection(tx, id, 'update');
  if (election.state !== 'closed' || election.ballot_key === null) return false;
  await mixBallots(tx, id);
  const key = theVault().open(election.ballot_key, keyContext(id));
  const box = await tx.db
    .deleteFrom('community.election_ballot')
    .where('election_id', '=', id)
    .returning('sealed')
    .execute();
  const papers = box
    .map(({ sealed }) => openBallot(key, id, sealed))
    .toSorted((a, b) => (a.receipt < b.receipt ? -1 : 1));
  // One statement writes them: a thousand ballots are a thousand rows of one transaction, in the order of random receipts.
  await sql`insert into community.election_paper (election_id, receipt, marks)
    select ${id}, p ->> 'receipt', array(select jsonb_array_elements_text(p -> 'marks')::int)
    from jsonb_array_elements(${JSON.stringify(papers)}::jsonb) with ordinality as t(p, n) order by n`.execute(
    tx.db,
  );
  const unfinished = await tx.db
    .deleteFrom('community.election_token')
    .where('election_id', '=', id)
    .returning('election_id')
    .execute();
  const { method, seats, max_score: maxScore } = election;
  const candidates = (await listCandidates(tx, id)).length;
  const tally = countBallots({ method, seats, maxScore, candidates }, papers);
  await tx.db
    .updateTable('community.election')
    .set({
      tally: JSON.stringify(tally),
      counted_at: sql<Date>`now()`,
      ballot_key: null,
      unfinished: unfinished.length,
    })
    .where('id', '=', id)
    .execute();
  await audit(tx, 'community.election.count', String(id), { ballots: papers.length, winners: tally.winners });
  return true;
}
