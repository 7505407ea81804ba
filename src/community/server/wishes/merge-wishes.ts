import { sql } from 'kysely';
import { MergeWish } from '#src/community/contract/wishes.ts';
import { wishText } from '#src/community/contract/wishes.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { lockWish } from './lock-wish.ts';
import { changeState, tellVoters } from './tell-voters.ts';

/**
 * Finds a wish to be the same as another: who voted for either has one vote on the other, the stronger of the two; what was
 * said below either stands below the other, and who followed either follows it. Refuses to let a private wish become part of a public one, and one that was closed.
 */
export async function mergeWishes(ctx: Context, id: number, given: MergeWish): Promise<void> {
  await requireStaff(ctx, 'community.wish.manage');
  const { into } = MergeWish.parse(given);
  const member = await requireMember(ctx);
  if (id === into) throw new AppError('conflict', wishText.notIntoItself);
  await inTransaction(ctx, async (tx) => {
    const reader = { member, mayManage: true };
    // Always in one order, so that nobody waits in a circle.
    const locked = [];
    for (const one of [id, into].toSorted((a, b) => a - b)) locked.push(await lockWish(tx, one, reader));
    const [from, to] = id < into ? [locked[0]!, locked[1]!] : [locked[1]!, locked[0]!];
    if (from.state === 'duplicate' || to.state === 'duplicate')
      throw new AppError('conflict', wishText.isDuplicate);
    if (from.is_private !== to.is_private) throw new AppError('conflict', wishText.notAcrossPrivacy);
    await changeState(tx, { id, from: from.state, to: 'duplicate', memberId: member.id, duplicateOf: into });
    // Before the votes move: afterwards nobody voted for it.
    await tellVoters(tx, { ...from, state: 'duplicate' }, to.title, member.id);
    await moveVotes(tx, id, into);
    await moveTalk(tx, id, into);
    await audit(tx, 'community.wish.merge', String(id), { into });
  });
}

async function moveTalk(tx: Context, id: number, into: number): Promise<void> {
  await tx.db.updateTable('community.comment').set({ wish_id: into }).where('wish_id', '=', id).execute();
  await sql`
    with gone as (delete from community.follow where kind = 'wish' and key = ${String(id)} returning member_id, at)
    insert into community.follow (member_id, kind, key, at) select member_id, 'wish', ${String(into)}, at from gone
    on conflict do nothing`.execute(tx.db);
}

async function moveVotes(tx: Context, id: number, into: number): Promise<void> {
  await sql`
    with gone as (delete from community.wish_vote where wish_id = ${id} returning member_id, strength, weight, at)
    insert into community.wish_vote as v (wish_id, member_id, strength, weight, at)
    select ${into}, member_id, strength, weight, at from gone
    on conflict (wish_id, member_id) do update set strength = excluded.strength, weight = excluded.weight
    where v.weight < excluded.weight`.execute(tx.db);
  await sql`
    with gone as (delete from community.wish_use where wish_id = ${id} returning member_id, evidence, verified_by, at)
    insert into community.wish_use (wish_id, member_id, evidence, verified_by, at)
    select ${into}, member_id, evidence, verified_by, at from gone
    on conflict do nothing`.execute(tx.db);
  await sql`
    with gone as (delete from community.wish_proxy_vote where wish_id = ${id} returning recorded_by, customer, evidence, strength, weight, at)
    insert into community.wish_proxy_vote (wish_id, recorded_by, customer, evidence, strength, weight, at)
    select ${into}, recorded_by, customer, evidence, strength, weight, at from gone
    on conflict do nothing`.execute(tx.db);
}
