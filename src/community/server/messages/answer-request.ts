import { sql } from 'kysely';
import { peopleText } from '#src/community/contract/people.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { blockMember } from '../blocks/block-member.ts';
import { requireMember } from '../members/require-member.ts';
import { findConversation } from './queries.ts';

export type RequestAnswer = 'accept' | 'refuse' | 'block';

/**
 * Accepts or refuses a request to exchange messages; whom was asked may think better of it later. Blocking refuses, too. Only
 * whom was asked may; for everybody else it is not found.
 */
export async function answerRequest(ctx: Context, id: number, answer: RequestAnswer): Promise<void> {
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    // not audited: between two people
    const found = await findConversation(tx, id, member.id);
    if (!found || found.otherId !== member.id) throw new AppError('not_found', peopleText.noConversation);
    await tx.db
      .updateTable('community.conversation')
      .set({ state: answer === 'accept' ? 'open' : 'refused', other_read_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    if (answer !== 'block') return;
    const { handle } = await tx.db
      .selectFrom('community.member')
      .select('handle')
      .where('id', '=', found.starterId)
      .executeTakeFirstOrThrow();
    await blockMember(tx, handle);
  });
}
