import { sql } from 'kysely';
import type { z } from 'zod';
import { UndoAction } from '#src/community/contract/moderation.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { undoEdit } from '../edits/decide-edit.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { indexDocument } from '../search/index-document.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { auditAction, type Before } from './audit-action.ts';
import { requireNeutral } from './require-neutral.ts';
import { showWriting } from './show-writing.ts';

/**
 * Takes an action of moderation back: what it changed is as it was before. Refuses one that was taken back already, one that
 * something else happened after, and a conflict of interest.
 */
export async function undoAction(
  ctx: Context,
  given: z.input<typeof UndoAction>,
): Promise<{ action: number }> {
  const wish = UndoAction.parse(given);
  await requireStaff(ctx, 'community.post.moderate');
  const moderator = await requireMember(ctx);
  return inTransaction(ctx, async (tx) => ({
    action: await undo(tx, moderator, wish.action, wish.reason),
  }));
}

/** The undoing itself, in the caller's transaction. */
export async function undo(
  tx: Context,
  moderator: { id: string },
  actionId: number,
  reason: string,
): Promise<number> {
  const action = await tx.db
    .selectFrom('community.moderation_action as a')
    .leftJoin('community.member as m', 'm.id', 'a.member_id')
    .select([
      'a.id',
      'a.kind',
      'a.member_id',
      'a.post_id',
      'a.comment_id',
      'a.before',
      'a.undoes',
      'm.handle',
    ])
    .select(
      sql<boolean>`exists (select from community.moderation_action u where u.undoes = a.id)`.as('isUndone'),
    )
    .where('a.id', '=', actionId)
    .executeTakeFirst();
  if (!action) throw new AppError('not_found', reviewText.noSuchAction);
  if (action.isUndone || action.undoes !== null) throw new AppError('conflict', reviewText.alreadyUndone);
  const before = action.before as Before;
  const subject = await subjectOf(tx, action, before);
  if (subject) await requireNeutral(tx, moderator.id, subject);
  if (before.state) {
    if (!subject || subject.state !== before.state.to)
      throw new AppError('conflict', reviewText.changedSince);
    await showWriting(tx, subject, before.state.from as 'pending');
  }
  if (before.edit) await undoEdit(tx, moderator, before.edit);
  if (before.member && action.member_id !== null) {
    await tx.db
      .updateTable('community.member')
      .set(before.member)
      .where('id', '=', action.member_id)
      .execute();
    await indexDocument(tx, 'member', action.member_id);
  }
  if (before.flags && before.flags.length > 0) {
    await tx.db
      .updateTable('community.flag')
      .set({ state: 'open', decided_at: null })
      .where('id', 'in', before.flags)
      .where('state', '<>', 'withdrawn')
      .execute();
  }
  if (before.declinedText !== undefined) {
    await tx.db
      .deleteFrom('community.declined_text')
      .where('hash', '=', Buffer.from(before.declinedText, 'hex'))
      .execute();
  }
  const id = await auditAction(tx, {
    kind: 'undo',
    actorId: moderator.id,
    memberId: action.member_id,
    postId: action.post_id,
    commentId: action.comment_id,
    reason,
    undoes: action.id,
  });
  if (action.member_id !== null) {
    await notifyMember(tx, {
      memberId: action.member_id,
      kind: 'moderation',
      key: `moderation:${id}`,
      payload: { href: '/moderation/mine', title: subject?.title ?? '', what: 'undone', undone: action.kind },
    });
  }
  return id;
}

type ActionRow = {
  member_id: string | null;
  post_id: number | null;
  comment_id: number | null;
  handle: string | null;
};

/** Everything is about something: who may not decide about it may not take decisions about it back either. */
async function subjectOf(tx: Context, action: ActionRow, before: Before): Promise<Subject | undefined> {
  const name =
    before.edit !== undefined
      ? `edit:${before.edit.id}`
      : action.comment_id !== null
        ? `comment:${action.comment_id}`
        : action.post_id !== null
          ? `post:${action.post_id}`
          : action.handle !== null
            ? `member:${action.handle}`
            : undefined;
  if (name === undefined) return undefined;
  return findSubject(tx, name).catch((error: unknown) => {
    // An erased member has no profile any more.
    if (error instanceof AppError) return undefined;
    throw error;
  });
}
