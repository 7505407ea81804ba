import { type CompiledQuery, sql } from 'kysely';
import type { PostKind, PostState } from '#src/community/contract/posts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { queueTelling } from '../follows/queue-telling.ts';
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
  /** Written with a suggestion of a language model. */
  isAssisted?: boolean;
};

type NewPost = Pick<Writing, 'kind' | 'locale' | 'state' | 'markdown'> & {
  parentId: number | null;
  /** The question that counts it from now on. */
  questionId: number | null;
  authorId: string;
  title: string | null;
  slug: string;
  html: string;
  excerpt: string;
  isPublic: boolean;
  publishAt: Date | null;
  isAssisted: boolean;
  tags: string[];
};

const writePost = prepareQuery((db: Db, given: NewPost) =>
  db
    .with('made', (qb) =>
      qb
        .insertInto('community.post')
        .values({
          kind: given.kind,
          parent_id: given.parentId,
          author_id: given.authorId,
          state: given.state,
          locale: given.locale,
          title: given.title,
          slug: given.slug,
          markdown: given.markdown,
          html: given.html,
          excerpt: given.excerpt,
          rendered_as: renderedAs,
          published_at: sql<Date | null>`case when ${given.isPublic}::boolean then now() end`,
          publish_at: given.publishAt,
          is_assisted: given.isAssisted,
        })
        .returning(['id', 'author_id', 'title', 'markdown', 'published_at']),
    )
    .with('revision', (qb) =>
      qb
        .insertInto('community.post_revision')
        .columns(['post_id', 'number', 'editor_id', 'title', 'markdown', 'tags'])
        .expression((eb) =>
          eb
            .selectFrom('made')
            .select(['id', sql<number>`1`.as('number'), 'author_id', 'title', 'markdown'])
            .select(sql<string[]>`${given.tags}::text[]`.as('tags')),
        ),
    )
    .with('question', (qb) =>
      qb
        .updateTable('community.post as p')
        .set(answered(1))
        .where('p.id', '=', given.questionId)
        .returning(['p.state', tagNames.as('tags')]),
    )
    .selectFrom('made')
    .leftJoin('question', (join) => join.onTrue())
    .select(['made.id', 'made.published_at as publishedAt'])
    .select(sql<{ state: string; tags: string[] } | null>`to_json(question)`.as('question'))
    .select(
      queueTelling(
        { kind: 'post', id: sql`${given.questionId}` },
        { what: 'answer', id: sql.ref('made.id') },
      ).as('job'),
    ),
);

/**
 * Adds a post with its first revision and tags, in the caller's transaction; answers its number. One that is published at
 * once is counted by its tags and its question as `publishPost` does it, and who follows the question is told; what
 * `alongside` says of its number is asked in one write with what makes it findable.
 */
export async function insertPost(
  tx: Context,
  author: OwnMember,
  writing: Writing,
  alongside?: (id: number) => CompiledQuery<unknown>[],
): Promise<number> {
  const tags = await resolveTags(tx, author, writing.tags ?? []);
  const { html, excerpt, runnables } = renderMarkdown(writing.markdown);
  const isPublic = writing.state === 'published';
  const [made] = await writePost(tx.db, {
    kind: writing.kind,
    parentId: writing.parentId ?? null,
    questionId: isPublic ? (writing.parentId ?? null) : null,
    authorId: author.id,
    state: writing.state,
    locale: writing.locale,
    title: writing.title ?? null,
    slug: slugOf(writing.title ?? ''),
    markdown: writing.markdown,
    html,
    excerpt,
    isPublic,
    publishAt: writing.publishAt ?? null,
    isAssisted: writing.isAssisted ?? false,
    tags: tags.map(({ name }) => name),
  });
  if (!made) throw new Error('a post was written and is not there');
  const { id, publishedAt, question } = made;
  await addTags(tx, id, tags);
  if (!isPublic) return id;
  const { kind, locale, title = null, parentId: questionId = null } = writing;
  if (questionId === null) await countPost(tx, { id, kind, parentId: null }, 1);
  if (questionId === null || question?.state === 'published')
    await indexPublic(
      tx,
      {
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
      },
      alongside?.(id),
    );
  if (runnables.length > 0) await noteRunnables(tx, { kind: 'post', id }, author.id, runnables);
  return id;
}
