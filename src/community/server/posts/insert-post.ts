import { sql } from 'kysely';
import type { PostKind, PostState } from '#src/community/contract/posts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { renderedAs, renderMarkdown } from '../markdown/render-markdown.ts';
import type { OwnMember } from '../members/queries.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { indexPost } from '../search/index-post.ts';
import { addTags } from '../tags/add-tags.ts';
import { resolveTags } from '../tags/resolve-tags.ts';
import { countPost } from './publish-post.ts';
import { slugOf } from './slug.rules.ts';

export type Writing = {
  kind: PostKind;
  /** The question, for an answer. */
  parentId?: number;
  title?: string;
  markdown: string;
  tags?: readonly string[];
  locale: Locale;
  state: Extract<PostState, 'draft' | 'scheduled' | 'pending' | 'published'>;
  publishAt?: Date;
};

/**
 * Adds a post with its first revision and tags, in the caller's transaction; answers its number. One that is published at
 * once is counted by its tags and its question as `publishPost` does it.
 */
export async function insertPost(tx: Context, author: OwnMember, writing: Writing): Promise<number> {
  const tags = await resolveTags(tx, author, writing.tags ?? []);
  const { html, excerpt, runnables } = renderMarkdown(writing.markdown);
  const { id } = await tx.db
    .insertInto('community.post')
    .values({
      kind: writing.kind,
      parent_id: writing.parentId ?? null,
      author_id: author.id,
      state: writing.state,
      locale: writing.locale,
      title: writing.title ?? null,
      slug: slugOf(writing.title ?? ''),
      markdown: writing.markdown,
      html,
      excerpt,
      rendered_as: renderedAs,
      published_at: writing.state === 'published' ? sql<Date>`now()` : null,
      publish_at: writing.publishAt ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('community.post_revision')
    .values({
      post_id: id,
      number: 1,
      editor_id: author.id,
      title: writing.title ?? null,
      markdown: writing.markdown,
      tags: tags.map(({ name }) => name),
    })
    .execute();
  await addTags(tx, id, tags);
  if (writing.state === 'published') {
    await countPost(tx, { id, kind: writing.kind, parentId: writing.parentId ?? null }, 1);
    await indexPost(tx, id);
    if (runnables.length > 0) await noteRunnables(tx, { kind: 'post', id }, author.id, runnables);
  }
  return id;
}
