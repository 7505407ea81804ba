import { electionText } from '#src/community/contract/elections.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { lockElection } from './queries.ts';

/** Stands no longer, until the election opens: then its ballots name who stood. */
export async function withdrawCandidacy(ctx: Context, id: number): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    // not audited: who stands may step back
    const member = await requireMember(tx);
    const { state } = await lockElection(tx, id, 'update');
    if (state !== 'nominations') throw new AppError('conflict', electionText.nominationsOver);
    await tx.db
      .deleteFrom('community.election_candidate')
      .where('election_id', '=', id)
      .where('member_id', '=', member.id)
      .execute();
  });
}
