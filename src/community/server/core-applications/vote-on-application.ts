import { sql } from 'kysely';
import { VoteOnApplication } from '#src/community/contract/core-applications.ts';
import { applicationText } from '#src/community/contract/core-applications.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { decideApplication, lockApplication } from './decide-application.ts';
import { getApplication } from './queries.ts';

/** Votes on an application, or votes otherwise while it is open; decides it when the votes do. Only for those with a seat at that moment, never for oneself. */
export async function voteOnApplication(ctx: Context, id: number, given: VoteOnApplication): Promise<void> {
  const { choice, note } = VoteOnApplication.parse(given);
  await inTransaction(ctx, async (tx) => {
    const member = await requireMember(tx);
    const application = await lockApplication(tx, id);
    const { viewer } = await getApplication(tx, id);
    if (application?.state !== 'open') throw new AppError('conflict', applicationText.isDecided);
    if (!viewer.mayVote) throw new AppError('forbidden', applicationText.notElector);
    await tx.db
      .insertInto('community.core_application_vote')
      .values({ application_id: id, member_id: member.id, choice, note })
      .onConflict((oc) =>
        oc.columns(['application_id', 'member_id']).doUpdateSet({ choice, note, at: sql<Date>`now()` }),
      )
      .execute();
    await audit(tx, 'community.core-application.vote', String(id), { choice });
    await decideApplication(tx, application);
  });
}
