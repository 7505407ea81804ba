import { QuestionTerms } from '#src/community/contract/privileges.ts';
import { InviteMember } from '#src/community/contract/questions.ts';
import { questionText } from '#src/community/contract/questions.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';
import { findSetting } from '../settings/queries.ts';

/** Asks a member for an answer to a question, once, on the ways that they chose for it. Who asked the question may; others need the reputation. */
export async function inviteExpert(ctx: Context, questionId: number, given: InviteMember): Promise<void> {
  const member = await requireWriter(ctx);
  const { handle } = InviteMember.parse(given);
  // not audited: the invitation is the trace
  await inTransaction(ctx, async (tx) => {
    const question = await tx.db
      .selectFrom('community.post')
      .select(['title', 'author_id as askerId', 'closed_at as closedAt'])
      .where('id', '=', questionId)
      .where('kind', '=', 'question')
      .where('state', '=', 'published')
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!question) throw new AppError('not_found', questionText.noSuchQuestion);
    if (question.closedAt !== null) throw new AppError('conflict', questionText.isClosed);
    if (question.askerId !== member.id) await requirePrivilege(tx, member, 'invite');
    const expert = await tx.db
      .selectFrom('community.member')
      .select('id')
      .where('handle', '=', handle)
      .where('erased_at', 'is', null)
      .where('id', '<>', question.askerId)
      .executeTakeFirst();
    if (!expert) throw new AppError('conflict', questionText.noSuchMember);
    const { invitationsAtMost } = await findSetting(tx.db, 'questions', QuestionTerms);
    const { count } = await tx.db
      .selectFrom('community.answer_invitation')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('question_id', '=', questionId)
      .where('member_id', '<>', expert.id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= invitationsAtMost)
      throw new AppError('conflict', questionText.enoughInvited(invitationsAtMost));
    await tx.db
      .insertInto('community.answer_invitation')
      .values({ question_id: questionId, member_id: expert.id, invited_by: member.id })
      .onConflict((oc) => oc.doNothing())
      .execute();
    await notifyMember(tx, {
      memberId: expert.id,
      kind: 'invitation',
      key: `invitation:${questionId}`,
      actorId: member.id,
      payload: { href: `/questions/${questionId}`, title: question.title ?? '', postId: questionId },
    });
  });
}
