import { AddWordRule, type WordRule } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { forgetModeration } from './judge-writing.ts';

/** Lets a word or a linked domain through, holds it for review, or refuses it, from now on. Refuses a second rule for the same. */
export async function addWordRule(ctx: Context, given: AddWordRule): Promise<WordRule> {
  const wish = AddWordRule.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const member = await requireMember(ctx);
  const rule = await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .insertInto('community.moderation_rule')
      .values({ ...wish, created_by: member.id })
      .onConflict((oc) => oc.doNothing())
      .returning(['id', 'created_at'])
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', reviewText.ruleThere);
    await audit(tx, 'community.word-rule.add', String(row.id), wish);
    return { ...wish, id: row.id, createdAt: row.created_at.toISOString() };
  });
  forgetModeration();
  return rule;
}
