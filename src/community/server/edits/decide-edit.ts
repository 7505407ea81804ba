import { sql } from 'kysely';
import { editText } from '#src/community/contract/edits.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getMemberById, type OwnMember } from '../members/queries.ts';
import { auditAction, type Before } from '../moderation/audit-action.ts';
import type { Subject } from '../moderation/find-subject.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { awardPoints, reversePoints } from '../points/change-points.ts';
import { revisePost } from '../posts/revise-post.ts';

/** Takes a suggested edit over into its post, or declines it, in the caller's transaction, which judged the reviewer. Answers the action. */
export async function decideEdit(
  tx: Context,
  reviewer: OwnMember,
  subject: Subject,
  { verdict, reason }: { verdict: 'approve' | 'decline'; reason: string },
): Promise<number> {
  const edit = await tx.db
    .selectFrom('community.suggested_edit')
    .selectAll()
    .where('id', '=', subject.editId)
    .executeTakeFirstOrThrow();
  const before: Before = { edit: { id: edit.id, revision: null } };
  if (verdict === 'approve') {
    const post = await tx.db
      .selectFrom('community.post')
      .select(['revision', 'state', 'title'])
      .where('id', '=', edit.post_id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (post.state !== 'published' || post.revision !== edit.base_revision)
      throw new AppError('conflict', editText.postChanged);
    const editor = await getMemberById(tx.db, edit.editor_id);
    const revision = await revisePost(tx, editor, edit.post_id, {
      ...(edit.title !== null && { title: edit.title }),
      markdown: edit.markdown,
      ...(edit.tags !== null && { tags: edit.tags }),
      note: edit.note,
    });
    await awardPoints(tx, {
      memberId: edit.editor_id,
      cause: 'suggested-edit',
      key: String(edit.id),
      postId: edit.post_id,
      actorId: reviewer.id,
    });
    before.edit = { id: edit.id, revision };
    if (subject.ownerId !== null) {
      await notifyMember(tx, {
        memberId: subject.ownerId,
        kind: 'suggested-edit',
        key: `edit:${edit.id}`,
        actorId: edit.editor_id,
        payload: { href: subject.href, title: subject.title, postId: edit.post_id, what: 'taken-over' },
      });
    }
  }
  await tx.db
    .updateTable('community.suggested_edit')
    .set({ state: verdict === 'approve' ? 'approved' : 'declined', decided_at: sql<Date>`now()` })
    .where('id', '=', edit.id)
    .execute();
  const action = await auditAction(tx, {
    kind: verdict === 'approve' ? 'approve-edit' : 'decline-edit',
    actorId: reviewer.id,
    memberId: edit.editor_id,
    postId: edit.post_id,
    reason,
    before,
  });
  await notifyMember(tx, {
    memberId: edit.editor_id,
    kind: 'moderation',
    key: `moderation:${action}`,
    payload: {
      href: verdict === 'approve' ? subject.href : '/moderation/mine',
      title: subject.title,
      what: verdict === 'approve' ? 'edit-approved' : 'edit-declined',
      reason,
    },
  });
  return action;
}

/** Makes a decided edit wait again; where it was taken over, the post says what it said before, as its next revision. */
export async function undoEdit(
  tx: Context,
  moderator: { id: string },
  { id, revision }: NonNullable<Before['edit']>,
): Promise<void> {
  const { post_id: postId, editor_id: editorId } = await tx.db
    .selectFrom('community.suggested_edit')
    .select(['post_id', 'editor_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  let baseRevision: number | undefined;
  if (revision !== null) {
    const post = await tx.db
      .selectFrom('community.post')
      .select(['revision', 'kind'])
      .where('id', '=', postId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (post.revision !== revision) throw new AppError('conflict', editText.postChanged);
    const old = await tx.db
      .selectFrom('community.post_revision')
      .select(['title', 'markdown', 'tags'])
      .where('post_id', '=', postId)
      .where('number', '=', revision - 1)
      .executeTakeFirstOrThrow();
    baseRevision = await revisePost(tx, await getMemberById(tx.db, moderator.id), postId, {
      ...(post.kind !== 'answer' && old.title !== null && { title: old.title, tags: old.tags }),
      markdown: old.markdown,
    });
    await reversePoints(tx, { memberId: editorId, cause: 'suggested-edit', key: String(id) });
  }
  await tx.db
    .updateTable('community.suggested_edit')
    .set({
      state: 'pending',
      decided_at: null,
      ...(baseRevision !== undefined && { base_revision: baseRevision }),
    })
    .where('id', '=', id)
    .execute();
}
