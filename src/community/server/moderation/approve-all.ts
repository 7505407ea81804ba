import type { z } from 'zod';
import { ApproveAll, type ApprovedAll } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { decide } from './decide-writing.ts';
import { findSubject } from './find-subject.ts';
import { listWaitingOf } from './queries.ts';

/** Approves everything of a member that waits, each as its own decision that can be undone. Leaves alone what the reviewer may not decide. */
export async function approveAll(ctx: Context, given: z.infer<typeof ApproveAll>): Promise<ApprovedAll> {
  const { member: handle } = ApproveAll.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const reviewer = await requireMember(ctx);
  const names = await listWaitingOf(ctx.db, handle);
  if (names === undefined) throw new AppError('not_found', reviewText.noSuchMember);
  const found = { approved: 0, left: 0 };
  for (const name of names) {
    const isApproved = await inTransaction(ctx, async (tx) => {
      const subject = await findSubject(tx, name);
      if (subject.state !== 'pending') return false;
      const { outcome } = await decide(tx, reviewer, subject, {
        verdict: 'approve',
        reason: '',
        isSpam: false,
      });
      return outcome === 'approved';
    }).catch((error: unknown) => {
      if (error instanceof AppError) return false;
      throw error;
    });
    // not audited: every decision is, where it is made.
    found[isApproved ? 'approved' : 'left'] += 1;
  }
  return found;
}
