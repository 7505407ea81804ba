import { sql } from 'kysely';
import { postText } from '#src/community/contract/posts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { holdCaseStudy } from '../case-studies/hold-case-study.ts';
import { renderedAs, renderMarkdown } from '../markdown/render-markdown.ts';
import type { OwnMember } from '../members/queries.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { holdWeights, settlePost } from '../points/settle-tag.ts';
import { indexPost } from '../search/index-post.ts';
import { hasSuggestion } from '../suggestions/has-suggestion.ts';
import { addTags } from '../tags/add-tags.ts';
import { resolveTags } from '../tags/resolve-tags.ts';
import { countTags } from './publish-post.ts';
import { slugOf } from './slug.rules.ts';

export type Change = { title?: string; markdown: string; tags?: readonly string[]; note?: string };

/** Gives a post new words as its next revision, in the caller's transaction, which has locked it; answers the revision's number. */
export async function revisePost(
  tx: Context,
  editor: OwnMember,
  postId: number,
  change: Change,
): Promise<number> {
  const { html, excerpt, runnables } = renderMarkdown(change.markdown);
  await holdCaseStudy(tx, postId);
  const row = await tx.db
    .updateTable('community.post')
    .set({
      markdown: change.markdown,
      html,
      excerpt,
      rendered_as: renderedAs,
      revision: sql<number>`revision + 1`,
      edited_at: sql<Date>`now()`,
      // An answer that is written anew with a suggestion says so, too.
      is_assisted: sql<boolean>`is_assisted or (kind = 'answer' and ${hasSuggestion(sql`parent_id`, editor.id)})`,
      ...(change.title !== undefined && { title: change.title, slug: slugOf(change.title) }),
    })
    .where('id', '=', postId)
    .returning(['revision', 'title', 'state', 'author_id'])
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', postText.noSuchPost);
  if (change.tags !== undefined) {
    const tags = await resolveTags(tx, editor, change.tags);
    const isCounted = row.state === 'published';
    await holdWeights(tx, postId, tags);
    if (isCounted) await countTags(tx, postId, -1);
    await tx.db.deleteFrom('community.post_tag').where('post_id', '=', postId).execute();
    await addTags(tx, postId, tags);
    if (isCounted) await countTags(tx, postId, 1);
    await settlePost(tx, postId);
  }
  await tx.db
    .insertInto('community.post_revision')
    .values({
      post_id: postId,
      number: row.revision,
      editor_id: editor.id,
      title: row.title,
      markdown: change.markdown,
      tags: tagsOf(postId),
      note: change.note ?? '',
    })
    .execute();
  await indexPost(tx, postId);
  if (row.state === 'published')
    await noteRunnables(tx, { kind: 'post', id: postId }, row.author_id, runnables);
  return row.revision;
}

const tagsOf = (postId: number) => sql<string[]>`(select coalesce(array_agg(t.name order by t.name), '{}')
  from community.post_tag pt join community.tag t on t.id = pt.tag_id where pt.post_id = ${postId})`;
