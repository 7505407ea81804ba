import { sql } from 'kysely';
import { QuestionTerms } from '#src/community/contract/privileges.ts';
import { CloseQuestion, type CloseStanding } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { indexPost } from '../search/index-post.ts';
import { findSetting } from '../settings/queries.ts';

type Wish =
  | { wish: 'close'; reason: CloseQuestion['reason']; duplicateOf: number | null }
  | { wish: 'reopen' };

/**
 * Closes a question, for a reason: at once by who asked it and by staff, which is audited; else when enough members with the
 * reputation for it want it. A duplicate leads to the question it repeats.
 */
export async function closeQuestion(
  ctx: Context,
  questionId: number,
  given: CloseQuestion,
): Promise<CloseStanding> {
  const { reason, duplicateOf } = CloseQuestion.parse(given);
  return decide(ctx, questionId, { wish: 'close', reason, duplicateOf: duplicateOf ?? null });
}

/** Opens a question again: by staff, by who asked it when they closed it themselves, else when enough members want it. */
export const reopenQuestion = (ctx: Context, questionId: number): Promise<CloseStanding> =>
  decide(ctx, questionId, { wish: 'reopen' });

async function decide(ctx: Context, questionId: number, wish: Wish): Promise<CloseStanding> {
  const member = await requireWriter(ctx);
  return inTransaction(ctx, async (tx) => {
    const question = await tx.db
      .selectFrom('community.post')
      .select(['author_id as askerId', 'closed_at as closedAt', 'closed_by as closedBy'])
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('state', '=', 'published')
      .forUpdate()
      .executeTakeFirst();
    if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
    const isAsker = question.askerId === member.id;
    const isStaff = await mayAsStaff(tx, 'community.post.moderate');
    if (!isAsker && !isStaff) await requirePrivilege(tx, member, 'close');
    const isClosed = question.closedAt !== null;
    if (isClosed === (wish.wish === 'close'))
      throw new AppError('conflict', isClosed ? questionText.alreadyClosed : questionText.notClosed);
    const duplicateOf =
      wish.wish === 'close' && wish.duplicateOf !== null
        ? await originalOf(tx, questionId, wish.duplicateOf)
        : null;
    const isEnough =
      isStaff ||
      (isAsker && (wish.wish === 'close' || question.closedBy === member.id)) ||
      (await isWishedByEnough(tx, questionId, member.id, wish, duplicateOf));
    if (typeof isEnough === 'number') return { isClosed, votesMissing: isEnough };
    if (isStaff && !isAsker)
      await audit(tx, 'community.post.moderate', String(questionId), { ...wish, duplicateOf });
    const closing = wish.wish === 'close';
    await tx.db
      .updateTable('community.post')
      .set({
        closed_at: closing ? sql<Date>`now()` : null,
        closed_reason: closing ? wish.reason : null,
        closed_by: closing ? member.id : null,
        duplicate_of: duplicateOf,
      })
      .where('id', '=', questionId)
      .execute();
    // What was a duplicate of this one is one of the original.
    if (duplicateOf !== null)
      await tx.db
        .updateTable('community.post')
        .set({ duplicate_of: duplicateOf })
        .where('duplicate_of', '=', questionId)
        .execute();
    await tx.db.deleteFrom('community.close_vote').where('question_id', '=', questionId).execute();
    await indexPost(tx, questionId);
    return { isClosed: closing, votesMissing: 0 };
  });
}

/** The public question that another number leads to in the end; refuses one that leads back. */
async function originalOf(tx: Context, questionId: number, otherId: number): Promise<number> {
  const other = await tx.db
    .selectFrom('community.post')
    .select(['id', 'duplicate_of as duplicateOf'])
    .where('id', '=', otherId)
    .where('kind', '=', 'question')
    .where('state', '=', 'published')
    .executeTakeFirst();
  if (!other) throw new AppError('conflict', questionText.noSuchOther);
  const original = other.duplicateOf ?? other.id;
  if (original === questionId) throw new AppError('conflict', questionText.duplicateOfItself);
  return original;
}

/** Notes what a member wishes: true when enough want it now, else how many are missing. */
async function isWishedByEnough(
  tx: Context,
  questionId: number,
  memberId: string,
  wish: Wish,
  duplicateOf: number | null,
): Promise<true | number> {
  const vote = {
    wish: wish.wish,
    reason: wish.wish === 'close' ? wish.reason : null,
    duplicate_of: duplicateOf,
  };
  await tx.db
    .insertInto('community.close_vote')
    .values({ question_id: questionId, member_id: memberId, ...vote })
    .onConflict((oc) => oc.columns(['question_id', 'member_id']).doUpdateSet(vote))
    .execute();
  const { count } = await tx.db
    .selectFrom('community.close_vote')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('question_id', '=', questionId)
    .where('wish', '=', wish.wish)
    .executeTakeFirstOrThrow();
  const { closeVotes } = await findSetting(tx.db, 'questions', QuestionTerms);
  return Number(count) >= closeVotes ? true : closeVotes - Number(count);
}
