import { memberText } from '#src/community/contract/members.text.ts';
import { peopleText } from '#src/community/contract/people.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';

/** Wants to hear nothing more from a member: they follow each other no longer. The blocked one is not told. */
export async function blockMember(ctx: Context, handle: string): Promise<void> {
  const member = await requireMember(ctx);
  await inTransaction(ctx, async (tx) => {
    // not audited: whom somebody does not want to hear is theirs alone
    const other = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('handle', '=', handle)
      .where('erased_at', 'is', null)
      .executeTakeFirst();
    if (!other) throw new AppError('not_found', memberText.noSuchMember);
    if (other.id === member.id) throw new AppError('conflict', peopleText.notYourself);
    await tx.db
      .insertInto('community.block')
      .values({ member_id: member.id, blocked_id: other.id })
      .onConflict((oc) => oc.doNothing())
      .execute();
    for (const [who, whom] of [
      [member.id, other.id],
      [other.id, member.id],
    ] as const)
      await tx.db
        .deleteFrom('community.follow')
        .where('member_id', '=', who)
        .where('kind', '=', 'member')
        .where('key', '=', whom)
        .execute();
  });
}
