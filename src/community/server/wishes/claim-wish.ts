import { sql } from 'kysely';
import { ClaimWish, livingStates } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { requireManager } from '../organisations/require-manager.ts';
import { lockWish } from './lock-wish.ts';
import { changeState, tellVoters } from './tell-voters.ts';

/** Gives an organisation's word that it delivers a wish by a day to come; a wish nobody had planned is planned then. For its managers. */
export async function claimWish(ctx: Context, id: number, slug: string, given: ClaimWish): Promise<void> {
  const { dueOn, note } = ClaimWish.parse(given);
  const mayManage = await mayAsStaff(ctx, 'community.wish.manage');
  // not audited: the claim itself is the trace, and public
  await inTransaction(ctx, async (tx) => {
    const { member, organisation } = await requireManager(tx, slug);
    if (organisation.state !== 'verified') throw new AppError('conflict', wishText.noSuchVendor(slug));
    const wish = await lockWish(tx, id, { member, mayManage });
    if (!livingStates.some((state) => state === wish.state))
      throw new AppError('conflict', wishText.isClosed);
    if (dueOn <= new Date().toISOString().slice(0, 10)) throw new AppError('conflict', wishText.dayIsPast);
    const made = await tx.db
      .insertInto('community.wish_claim')
      .values({ wish_id: id, organisation_id: organisation.id, claimed_by: member.id, due_on: dueOn, note })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    // A day once given stands: who could move it would keep every claim.
    if (!made) throw new AppError('conflict', wishText.isClaimed);
    if (wish.state !== 'open') return;
    await changeState(tx, { id, from: 'open', to: 'planned', memberId: member.id, note });
    await tellVoters(tx, { ...wish, state: 'planned' }, `${organisation.name}: ${dueOn}`, member.id);
  });
}

/** Takes an organisation's word back; after the day it was given for, it counts as missed. For its managers. */
export async function withdrawClaim(ctx: Context, id: number, slug: string): Promise<void> {
  const mayManage = await mayAsStaff(ctx, 'community.wish.manage');
  // not audited: the claim itself is the trace, and public
  await inTransaction(ctx, async (tx) => {
    const { member, organisation } = await requireManager(tx, slug);
    await lockWish(tx, id, { member, mayManage });
    const { numUpdatedRows } = await tx.db
      .updateTable('community.wish_claim')
      .set({ withdrawn_at: sql<Date>`now()` })
      .where('wish_id', '=', id)
      .where('organisation_id', '=', organisation.id)
      .where('withdrawn_at', 'is', null)
      .where('delivered_on', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new AppError('not_found', wishText.noSuchClaim);
  });
}
