import { sql } from 'kysely';
import { postPath } from '#src/community/contract/addresses.ts';
import type { EditToReview } from '#src/community/contract/edits.ts';
import { editText } from '#src/community/contract/edits.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { cardColumns, cardOf, type OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { moderationOf } from '../moderation/judge-writing.ts';
import { findConflict, listEmployers } from '../moderation/require-neutral.ts';
import { tagNames } from '../posts/queries.ts';
import { compareWritings } from '../revisions/compare-texts.ts';

/** The suggestion of a member for a post that waits. */
export const findWaitingEdit = (db: Db, memberId: string, postId: number) =>
  db
    .selectFrom('community.suggested_edit')
    .select('id')
    .where('editor_id', '=', memberId)
    .where('post_id', '=', postId)
    .where('state', '=', 'pending')
    .executeTakeFirst();

/**
 * A suggested edit with what it changes of the words it was made from. Everybody but its editor, whoever wrote the post and
 * reviewers is told that there is none.
 */
export async function getEdit(ctx: Context, reader: OwnMember, id: number): Promise<EditToReview> {
  const { db } = ctx;
  const [edit, mayReview] = await Promise.all([findEdit(db, id), mayAsStaff(ctx, 'community.post.moderate')]);
  const isMine = edit?.editorId === reader.id;
  // What was hidden or removed meanwhile says its words to nobody but those who hid it.
  const isOwn = edit?.postState === 'published' && (isMine || edit.ownerId === reader.id);
  if (!edit || !(isOwn || mayReview)) throw new AppError('not_found', editText.noSuchPage);
  const { settings } = await moderationOf(ctx);
  const title = edit.title ?? edit.baseTitle;
  const subject = { ...edit, authorId: edit.editorId, title: title ?? edit.questionTitle ?? '' };
  const conflict = mayReview
    ? await findConflict(db, { id: reader.id, employers: await listEmployers(db, reader.id) }, subject)
    : undefined;
  return {
    id,
    state: edit.state,
    post: { kind: edit.kind, title: subject.title, path: postPath({ ...edit, id: edit.postId }) },
    editor: cardOf(edit, ctx.locale),
    note: edit.note,
    at: edit.at.toISOString(),
    difference: compareWritings(
      { title: edit.baseTitle, tags: edit.baseTags, markdown: edit.baseMarkdown },
      { title, tags: edit.tags ?? edit.baseTags, markdown: edit.markdown },
    ),
    isStale: edit.state === 'pending' && edit.revision !== edit.baseRevision,
    isMine,
    mayReview,
    conflict: conflict ?? null,
    approvals: edit.approvals,
    needed: settings.editReviewersNeeded,
  };
}

const findEdit = (db: Db, id: number) =>
  db
    .selectFrom('community.suggested_edit as e')
    .innerJoin('community.member as m', 'm.id', 'e.editor_id')
    .innerJoin('community.post as p', 'p.id', 'e.post_id')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .leftJoin('community.post_revision as r', (join) =>
      join.onRef('r.post_id', '=', 'p.id').onRef('r.number', '=', 'e.base_revision'),
    )
    .select(cardColumns)
    .select(['e.state', 'e.title', 'e.markdown', 'e.tags', 'e.note', 'e.at', 'e.editor_id as editorId'])
    .select(['e.base_revision as baseRevision', 'q.title as questionTitle'])
    .select(['p.id as postId', 'p.kind', 'p.slug', 'p.parent_id as parentId', 'p.revision'])
    .select(['p.state as postState', 'p.author_id as ownerId', 'p.organisation_id as organisationId'])
    .select([
      sql<string | null>`coalesce(r.title, p.title)`.as('baseTitle'),
      sql<string>`coalesce(r.markdown, p.markdown)`.as('baseMarkdown'),
      sql<string[]>`coalesce(r.tags, ${tagNames})`.as('baseTags'),
      sql<number>`(select count(*) from community.review_vote v where v.subject = 'edit:' || e.id)`.as(
        'approvals',
      ),
    ])
    .where('e.id', '=', id)
    .executeTakeFirst();
