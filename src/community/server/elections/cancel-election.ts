import { sql } from 'kysely';
import { electionText } from '#src/community/contract/elections.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { lockElection } from './queries.ts';

/** Cancels an election before it is counted; its ballots are destroyed unread. */
export async function cancelElection(ctx: Context, id: number): Promise<void> {
  await requireStaff(ctx, 'community.election.call');
  await inTransaction(ctx, async (tx) => {
    const { state } = await lockElection(tx, id, 'update');
    if (state === 'counted' || state === 'cancelled') throw new AppError('conflict', electionText.isOver);
    await tx.db
      .updateTable('community.election')
      .set({ cancelled_at: sql<Date>`now()`, ballot_key: null })
      .where('id', '=', id)
      .execute();
    await tx.db.deleteFrom('community.election_token').where('election_id', '=', id).execute();
    await tx.db.deleteFrom('community.election_ballot').where('election_id', '=', id).execute();
    await audit(tx, 'community.election.cancel', String(id));
  });
}
