import { sql } from 'kysely';
import { committeeText } from '#src/community/contract/committees.text.ts';
import type { FollowUp } from '#src/community/contract/resolutions.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requirePerson } from '../members/require-member.ts';
import { getResolution } from './queries.ts';

/** Says what became of a resolution: by who sees to it, or with a seat in its committee. */
export async function followResolution(ctx: Context, id: number, { state, words }: FollowUp): Promise<void> {
  requirePerson(ctx);
  await inTransaction(ctx, async (tx) => {
    const { mayFollowUp } = await getResolution(tx, id);
    if (!mayFollowUp) throw new AppError('forbidden', committeeText.noSeat);
    await tx.db
      .updateTable('community.resolution')
      .set({ state, follow_up: words, changed_at: sql<Date>`now()` })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.resolution.follow-up', String(id), { state });
  });
}
