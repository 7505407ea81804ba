import type { z } from 'zod';
import { SuggestEdit } from '#src/community/contract/edits.ts';
import { editText } from '#src/community/contract/edits.text.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireWriter } from '../members/require-member.ts';
import { judgeWriting } from '../moderation/judge-writing.ts';
import { requirePrivilege } from '../reputation/require-privilege.ts';

/** Suggests other words for somebody's public post; reviewers take them over or not. One a post and member at a time. */
export async function suggestEdit(
  ctx: Context,
  given: z.input<typeof SuggestEdit>,
): Promise<{ edit: number }> {
  const wish = SuggestEdit.parse(given);
  const editor = await requireWriter(ctx);
  // not audited: the suggestion is the trace.
  return inTransaction(ctx, async (tx) => {
    const post = await tx.db
      .selectFrom('community.post as p')
      .leftJoin('community.post as q', 'q.id', 'p.parent_id')
      .select(['p.kind', 'p.revision', 'p.author_id as authorId', 'p.markdown', 'p.title'])
      .where('p.id', '=', wish.post)
      .where('p.state', '=', 'published')
      .where((eb) => eb.or([eb('q.id', 'is', null), eb('q.state', '=', 'published')]))
      .executeTakeFirst();
    if (!post) throw new AppError('not_found', postText.noSuchPost);
    if (post.authorId === editor.id) throw new AppError('conflict', editText.ownPost);
    await requirePrivilege(tx, editor, 'edit');
    if (post.revision !== wish.revision) throw new AppError('conflict', editText.postChanged);
    const title = post.kind === 'answer' ? null : (wish.title ?? post.title);
    if (title === post.title && wish.markdown === post.markdown && wish.tags === undefined)
      throw new AppError('conflict', editText.nothingChanged);
    await judgeWriting(tx, editor, {
      kind: post.kind,
      ...(title !== null && { title }),
      markdown: wish.markdown,
      isEdit: true,
    });
    const row = await tx.db
      .insertInto('community.suggested_edit')
      .values({
        post_id: wish.post,
        editor_id: editor.id,
        base_revision: wish.revision,
        title,
        markdown: wish.markdown,
        tags: post.kind === 'answer' ? null : (wish.tags ?? null),
        note: wish.note,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!row) throw new AppError('conflict', editText.alreadySuggested);
    return { edit: row.id };
  });
}
