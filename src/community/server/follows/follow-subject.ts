import { sql } from 'kysely';
import { peopleText } from '#src/community/contract/people.text.ts';
import type { FollowKind } from '#src/community/contract/people.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findFollowed } from './find-followed.ts';

const followedAtMost = 5000;

/** Follows a member, tag, post or public wish; a member hears of it once. Refuses oneself, and members who blocked the one who asks. */
export async function followSubject(ctx: Context, kind: FollowKind, key: string): Promise<void> {
  const member = await requireMember(ctx);
  const id = await findFollowed(ctx, kind, key);
  if (id === member.id) throw new AppError('conflict', peopleText.notYourself);
  await inTransaction(ctx, async (tx) => {
    // not audited: the rows are the trace
    const { rows } = await sql<{ isBlocked: boolean; count: number }>`
      select exists (select from community.block b where b.member_id::text = ${id} and b.blocked_id = ${member.id}) as "isBlocked",
        (select count(*)::int from community.follow f where f.member_id = ${member.id}) as count`.execute(
      tx.db,
    );
    if (rows[0]?.isBlocked === true) throw new AppError('conflict', peopleText.notPossible);
    if ((rows[0]?.count ?? 0) >= followedAtMost) throw new AppError('conflict', peopleText.tooManyFollowed);
    await tx.db
      .insertInto('community.follow')
      .values({ member_id: member.id, kind, key: id })
      .onConflict((oc) => oc.doNothing())
      .execute();
    if (kind === 'member')
      await notifyMember(tx, {
        memberId: id,
        kind: 'follow',
        key: `follow:${member.id}`,
        actorId: member.id,
        payload: { href: `/members/${member.handle}`, title: member.name },
      });
  });
}
