import { sql } from 'kysely';
import { memberPath, postPath } from '#src/community/contract/addresses.ts';
import type { PostKind, PostState } from '#src/community/contract/posts.ts';
import { reviewText } from '#src/community/contract/review.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { commentPath } from '../comments/rules.ts';
import { selectPlace } from '../comments/select-place.ts';

/** What flags, decisions and actions are about. */
export type Subject = {
  /** As it is named outside: `post:12`. */
  name: string;
  type: 'post' | 'comment' | 'member' | 'edit';
  kind: PostKind | 'comment' | 'profile' | 'edit';
  postId: number | null;
  commentId: number | null;
  editId: number | null;
  authorId: string;
  authorLevel: number;
  /** Of a suggested edit: who wrote the post it would change. */
  ownerId: string | null;
  organisationId: string | null;
  state: PostState | 'approved' | 'declined' | 'withdrawn';
  title: string;
  markdown: string;
  html: string;
  href: string;
};

/** Finds what a name means and locks it, in the caller's transaction, so that of two who decide the second sees the first. */
export async function findSubject(tx: Context, name: string): Promise<Subject> {
  const at = name.indexOf(':');
  const [type, id] = [name.slice(0, at), name.slice(at + 1)];
  const found =
    type === 'post'
      ? await findPost(tx, Number(id))
      : type === 'comment'
        ? await findComment(tx, Number(id))
        : type === 'edit'
          ? await findEdit(tx, Number(id))
          : await findProfile(tx, id);
  if (!found) throw new AppError('not_found', reviewText.noSuchWriting);
  return { ...found, name };
}

type Found = Omit<Subject, 'name'>;

async function findPost(tx: Context, id: number): Promise<Found | undefined> {
  const post = await tx.db
    .selectFrom('community.post as p')
    .innerJoin('community.member as m', 'm.id', 'p.author_id')
    .select(['p.id', 'p.kind', 'p.author_id', 'm.trust_level', 'p.organisation_id', 'p.state', 'p.slug'])
    .select(['p.parent_id', 'p.markdown', 'p.html'])
    .select(
      sql<string>`coalesce(p.title, (select q.title from community.post q where q.id = p.parent_id), '')`.as(
        'title',
      ),
    )
    .where('p.id', '=', id)
    .forNoKeyUpdate('p')
    .executeTakeFirst();
  if (!post) return undefined;
  return {
    type: 'post',
    kind: post.kind,
    postId: post.id,
    commentId: null,
    editId: null,
    authorId: post.author_id,
    authorLevel: post.trust_level,
    ownerId: null,
    organisationId: post.organisation_id,
    state: post.state,
    title: post.title,
    markdown: post.markdown,
    html: post.html,
    href: postPath({ kind: post.kind, id: post.id, slug: post.slug, parentId: post.parent_id }),
  };
}

async function findComment(tx: Context, id: number): Promise<Found | undefined> {
  const comment = await tx.db
    .selectFrom('community.comment as c')
    .innerJoin('community.member as m', 'm.id', 'c.author_id')
    .innerJoin('community.comment_place as l', 'l.comment_id', 'c.id')
    .select(['c.id', 'c.author_id', 'm.trust_level', 'c.state', 'c.markdown', 'c.html'])
    .select(selectPlace)
    .where('c.id', '=', id)
    .forNoKeyUpdate('c')
    .executeTakeFirst();
  // What is said below a private wish is for those whom the wish names, not for reviewers.
  if (!comment || comment.isPrivate) return undefined;
  return {
    type: 'comment',
    kind: 'comment',
    postId: comment.postId,
    commentId: comment.id,
    editId: null,
    authorId: comment.author_id,
    authorLevel: comment.trust_level,
    ownerId: null,
    organisationId: null,
    // A comment below what is not public is not public either.
    state: comment.isShown || comment.state !== 'published' ? comment.state : 'hidden',
    title: comment.title,
    markdown: comment.markdown,
    html: comment.html,
    href: commentPath({ ...comment, kind: comment.placeKind }, comment.id),
  };
}

async function findEdit(tx: Context, id: number): Promise<Found | undefined> {
  const edit = await tx.db
    .selectFrom('community.suggested_edit as e')
    .innerJoin('community.member as m', 'm.id', 'e.editor_id')
    .innerJoin('community.post as p', 'p.id', 'e.post_id')
    .select([
      'e.id',
      'e.editor_id',
      'm.trust_level',
      'e.state',
      'e.markdown',
      'p.author_id',
      'p.organisation_id',
    ])
    .select(['p.id as postId', 'p.kind', 'p.slug', 'p.parent_id', 'p.html'])
    .select(sql<string>`coalesce(e.title, p.title, '')`.as('title'))
    .where('e.id', '=', id)
    .forNoKeyUpdate('e')
    .executeTakeFirst();
  if (!edit) return undefined;
  return {
    type: 'edit',
    kind: 'edit',
    postId: edit.postId,
    commentId: null,
    editId: edit.id,
    authorId: edit.editor_id,
    authorLevel: edit.trust_level,
    ownerId: edit.author_id,
    organisationId: edit.organisation_id,
    state: edit.state,
    title: edit.title,
    markdown: edit.markdown,
    html: edit.html,
    href: postPath({ kind: edit.kind, id: edit.postId, slug: edit.slug, parentId: edit.parent_id }),
  };
}

async function findProfile(tx: Context, handle: string): Promise<Found | undefined> {
  const member = await tx.db
    .selectFrom('community.member')
    .select(['id', 'handle', 'name', 'headline', 'website', 'trust_level', 'about_markdown', 'about_html'])
    .where('handle', '=', handle)
    .where('erased_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!member) return undefined;
  return {
    type: 'member',
    kind: 'profile',
    postId: null,
    commentId: null,
    editId: null,
    authorId: member.id,
    authorLevel: member.trust_level,
    ownerId: null,
    organisationId: null,
    state: 'published',
    title: member.name,
    markdown: `${member.headline}\n\n${member.about_markdown}\n\n${member.website}`,
    html: member.about_html,
    href: memberPath(member.handle),
  };
}
