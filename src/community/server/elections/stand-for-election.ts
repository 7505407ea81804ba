import { Stand } from '#src/community/contract/elections.ts';
import { electionText } from '#src/community/contract/elections.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { findVoter, lockElection } from './queries.ts';

/** Stands in an election, or says other words for it, until it opens. Only for those on the list of voters. */
export async function standForElection(ctx: Context, id: number, given: Stand): Promise<void> {
  const { statement } = Stand.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: the row is the trace
    const member = await requireWriter(tx);
    const { state } = await lockElection(tx, id, 'update');
    if (state !== 'nominations') throw new AppError('conflict', electionText.nominationsOver);
    if (!(await findVoter(tx, id, member.id))) throw new AppError('conflict', electionText.notEligible);
    const words = { markdown: statement, html: renderMarkdown(statement).html };
    await tx.db
      .insertInto('community.election_candidate')
      .values({ election_id: id, member_id: member.id, ...words })
      .onConflict((oc) => oc.columns(['election_id', 'member_id']).doUpdateSet(words))
      .execute();
  });
}
