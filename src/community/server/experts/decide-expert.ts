import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expertPath } from '#src/community/contract/addresses.ts';
import { expertText } from '#src/community/contract/experts.text.ts';
import { organisationNoticeText, organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { findReader } from '../organisations/queries.ts';
import { indexDocument } from '../search/index-document.ts';

/** Lists somebody who applied as an expert, or with a reason refuses; never oneself, and once for each application. */
export async function decideExpert(ctx: Context, handle: string, reason: string | null): Promise<void> {
  await requireStaff(ctx, 'community.expert.approve');
  await inTransaction(ctx, async (tx) => {
    const found = await tx.db
      .selectFrom('community.expert as x')
      .innerJoin('community.member as m', 'm.id', 'x.member_id')
      .select(['x.member_id as memberId', 'm.name'])
      .where('m.handle', '=', handle)
      .where('m.erased_at', 'is', null)
      .executeTakeFirst();
    if (!found) throw new AppError('not_found', expertText.noSuch);
    const decider = await findReader(tx);
    if (decider?.id === found.memberId) throw new AppError('conflict', expertText.notYourself);
    const decided = await tx.db
      .updateTable('community.expert')
      .set({
        state: reason === null ? 'approved' : 'refused',
        refused_reason: reason,
        decided_at: sql<Date>`now()`,
        decided_by: decider?.id ?? null,
      })
      .where('member_id', '=', found.memberId)
      .where('state', '=', 'applied')
      .returning('member_id')
      .executeTakeFirst();
    if (!decided) throw new AppError('conflict', organisationText.notWaiting);
    await indexDocument(tx, 'expert', found.memberId);
    await notifyMember(tx, {
      memberId: found.memberId,
      kind: reason === null ? 'expert-approved' : 'expert-refused',
      key: `expert-decided:${randomUUID()}`,
      actorId: decider?.id ?? null,
      payload: {
        href: expertPath(handle),
        words: reason === null ? organisationNoticeText.expertApproved : organisationNoticeText.expertRefused,
        ...(reason !== null && { excerpt: reason.slice(0, 300) }),
      },
    });
    await audit(tx, 'community.expert.decide', found.memberId, { handle, reason });
  });
}
