import { sql } from 'kysely';
import { RevokeAward } from '#src/community/contract/mvp.ts';
import { mvpText } from '#src/community/contract/mvp.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';

/** Takes an award for a lifetime back by a resolution that is named; the record of it stays. Nothing else ends one. */
export async function revokeAward(ctx: Context, nomineeId: number, given: RevokeAward): Promise<void> {
  await requireStaff(ctx, 'community.mvp.run');
  const { resolution } = RevokeAward.parse(given);
  await inTransaction(ctx, async (tx) => {
    const award = await tx.db
      .selectFrom('community.mvp_nominee as n')
      .innerJoin('community.mvp_round as r', 'r.id', 'n.round_id')
      .select(['r.kind', 'n.is_winner as isWinner', 'n.revoked_at as revokedAt'])
      .where('n.id', '=', nomineeId)
      .forUpdate('n')
      .executeTakeFirst();
    if (!award) throw new AppError('not_found', mvpText.noSuchNominee);
    if (award.kind !== 'lifetime' || !award.isWinner || award.revokedAt !== null)
      throw new AppError('conflict', mvpText.notRevocable);
    await tx.db
      .updateTable('community.mvp_nominee')
      .set({ revoked_at: sql<Date>`now()`, revoked_reason: resolution })
      .where('id', '=', nomineeId)
      .execute();
    await audit(tx, 'community.mvp.revoke', String(nomineeId), { resolution });
  });
}
