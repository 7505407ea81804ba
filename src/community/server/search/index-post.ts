import { type CompiledQuery, sql } from 'kysely';
import type { PostKind } from '#src/community/contract/posts.ts';
import type { Locale } from '#src/platform/contract/i18n.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { together } from '#src/platform/server/ask-together.ts';
import { prepareQuery } from '#src/platform/server/prepared-query.ts';
import { indexDocument } from './index-document.ts';
import { type Cut, cut, knowWords, weighted } from './know-words.ts';
import { plainText } from './plain-text.rules.ts';
import { indexedAs, segmentText } from './segment-text.ts';
import { standingOf } from './standing.rules.ts';

/** As much of a text as is looked at: what is found is said early. */
const charactersAtMost = 60_000;

/**
 * Makes a post findable as it stands now, in the caller's transaction; one that not everybody may see is no longer found.
 * Call it after every change of what a post says, of its state, votes that matter, acceptance or featuring.
 */
export async function indexPost(tx: Context, postId: number): Promise<void> {
  const post = await tx.db
    .selectFrom('community.post as p')
    .leftJoin('community.post as q', 'q.id', 'p.parent_id')
    .select([
      'p.kind',
      'p.series_id as seriesId',
      'p.state',
      'p.locale',
      'p.title',
      'p.html',
      'p.score',
      'p.featured_at',
      'p.published_at',
      'p.accepted_answer_id',
      'q.id as questionId',
      'q.state as questionState',
      'q.accepted_answer_id as questionAccepts',
    ])
    .select(
      sql<string[]>`array(select t.name from community.post_tag pt join community.tag t on t.id = pt.tag_id
        where pt.post_id = coalesce(q.id, p.id) order by t.name)`.as('tags'),
    )
    .where('p.id', '=', postId)
    .executeTakeFirst();
  if (post?.seriesId) await indexDocument(tx, 'series', post.seriesId);
  const isPublic =
    post?.state === 'published' && (post.questionId === null || post.questionState === 'published');
  if (!post || !isPublic) {
    // The answers of a question that is not shown are not shown either.
    await tx.db
      .deleteFrom('community.search_document')
      .where((eb) => eb.or([eb('post_id', '=', postId), eb('root_id', '=', postId)]))
      .execute();
    return;
  }
  await indexPublic(tx, {
    ...post,
    id: postId,
    isAccepted: post.kind === 'answer' ? post.questionAccepts === postId : post.accepted_answer_id !== null,
    isFeatured: post.featured_at !== null,
    publishedAt: post.published_at,
  });
}

/** What makes a public post findable. */
export type PublicPost = {
  id: number;
  kind: PostKind;
  locale: Locale;
  title: string | null;
  html: string;
  /** Its own, or those of the question it answers. */
  tags: readonly string[];
  questionId: number | null;
  score: number;
  isAccepted: boolean;
  isFeatured: boolean;
  publishedAt: Date | null;
};

type Document = Cut & {
  kind: PostKind;
  postId: number;
  rootId: number | null;
  locale: Locale;
  tags: string[];
  standing: number;
};

const writeDocument = prepareQuery((db: Db, given: Document) => {
  const { kind, postId: post_id, rootId: root_id, locale, tags, standing } = given;
  const content = { locale, tags, words: weighted(given), standing, indexed_as: indexedAs };
  return db
    .insertInto('community.search_document')
    .values({ kind, post_id, root_id, ...content })
    .onConflict((oc) => oc.column('post_id').doUpdateSet(content));
});

/** The same for a post of which all is known: that it is public, too. What `alongside` says is asked in the same write. */
export async function indexPublic(
  tx: Context,
  post: PublicPost,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<void> {
  const { id, kind, questionId, isAccepted, isFeatured, score } = post;
  const title = post.title ?? '';
  const body = plainText(post.html).slice(0, charactersAtMost);
  const publishedAt = post.publishedAt?.getTime() ?? Date.now();
  const document = writeDocument.of(tx.db, {
    kind,
    postId: id,
    rootId: kind === 'article' ? null : (questionId ?? id),
    locale: post.locale,
    tags: [...post.tags],
    ...cut({ title, tags: post.tags, body }),
    standing: standingOf({ score, isAccepted, isVerified: false, isFeatured, publishedAt }),
  });
  await together(tx.db, document, ...alongside);
  // An answer has no title, and the tags of its question, which are known.
  if (kind !== 'answer') await knowWords(tx, [...segmentText(title), ...post.tags]);
}

/** The same for a question together with its answers, which are shown and hidden with it. */
export async function indexThread(tx: Context, questionId: number): Promise<void> {
  await indexPost(tx, questionId);
  const answers = await tx.db
    .selectFrom('community.post')
    .select('id')
    .where('parent_id', '=', questionId)
    .where('state', '=', 'published')
    .execute();
  for (const { id } of answers) await indexPost(tx, id);
}
