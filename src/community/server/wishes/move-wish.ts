import { sql } from 'kysely';
import { MoveWish } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { mayMove } from './rules.ts';
import { lockWish } from './lock-wish.ts';
import { changeState, tellVendors, tellVoters } from './tell-voters.ts';

/** Moves a wish to another state, with what is to be said of it; its author and voters are told. For those who look after wishes. */
export async function moveWish(ctx: Context, id: number, given: MoveWish): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const { state, note } = MoveWish.parse(given);
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    const wish = await lockWish(tx, id, { member, mayManage: true });
    if (!mayMove(wish.state, state)) throw new AppError('conflict', wishText.notFromHere);
    await changeState(tx, { id, from: wish.state, to: state, memberId: member.id, note });
    if (state === 'delivered') await endClaims(tx, id);
    if (wish.state === 'pending' && state === 'open') await tellVendors(tx, id, { id: wish.author_id });
    await tellVoters(tx, { ...wish, state }, note, member.id);
    await audit(tx, 'community.wish.move', String(id), { from: wish.state, to: state });
  });
}

/** Notes today as the day on which what was claimed came; claims that were delivered before keep their day. */
export async function endClaims(tx: Context, wishId: number, organisationId?: string): Promise<void> {
  await tx.db
    .updateTable('community.wish_claim')
    .set({ delivered_on: sql<string>`(now() at time zone 'UTC')::date` })
    .where('wish_id', '=', wishId)
    .where('delivered_on', 'is', null)
    .where('withdrawn_at', 'is', null)
    .$if(organisationId !== undefined, (q) => q.where('organisation_id', '=', organisationId!))
    .execute();
}
