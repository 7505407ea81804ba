import { sql } from 'kysely';
import type { PostKind, PostState } from '#src/community/contract/posts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import { renderedAs, renderMarkdown } from '../markdown/render-markdown.ts';
import type { OwnMember } from '../members/queries.ts';
import { noteRunnables } from '../runs/note-runnables.ts';
import { indexPublic } from '../search/index-post.ts';
import { addTags } from '../tags/add-tags.ts';
import { resolveTags } from '../tags/resolve-tags.ts';
import { answered, countPost } from './publish-post.ts';
import { tagNames } from './queries.ts';
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
  const isPublic = writing.state === 'published';
  const { id, publishedAt, question } = await tx.db
    .with('made', (db) =>
      db
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
          published_at: isPublic ? sql<Date>`now()` : null,
          publish_at: writing.publishAt ?? null,
        })
        .returning(['id', 'author_id', 'title', 'markdown', 'published_at']),
    )
    .with('revision', (db) =>
      db
        .insertInto('community.post_revision')
        .columns(['post_id', 'number', 'editor_id', 'title', 'markdown', 'tags'])
        .expression((eb) =>
          eb
            .selectFrom('made')
            .select(['id', sql<number>`1`.as('number'), 'author_id', 'title', 'markdown'])
            .select(sql<string[]>`${tags.map(({ name }) => name)}::text[]`.as('tags')),
        ),
    )
    .with('question', (db) =>
      db
        .updateTable('community.post as p')
        .set(answered(1))
        .where('p.id', '=', isPublic ? (writing.parentId ?? null) : null)
        .returning(['p.state', tagNames.as('tags')]),
    )
    .selectFrom('made')
    .leftJoin('question', (join) => join.onTrue())
    .select(['made.id', 'made.published_at as publishedAt'])
    .select(sql<{ state: string; tags: string[] } | null>`to_json(question)`.as('question'))
    .executeTakeFirstOrThrow();
  await addTags(tx, id, tags);
  if (!isPublic) return id;
  const { kind, locale, title = null, parentId: questionId = null } = writing;
  if (questionId === null) await countPost(tx, { id, kind, parentId: null }, 1);
  if (questionId === null || question?.state === 'published')
    await indexPublic(tx, {
      id,
      kind,
      locale,
      title,
      html,
      tags: question?.tags ?? tags.map(({ name }) => name).toSorted(),
      questionId,
      score: 0,
      isAccepted: false,
      isFeatured: false,
      publishedAt,
    });
  if (runnables.length > 0) await noteRunnables(tx, { kind: 'post', id }, author.id, runnables);
  return id;
}
