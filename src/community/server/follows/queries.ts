import { sql } from 'kysely';
import { memberPath, postPath, tagPath, wishPath } from '#src/community/contract/addresses.ts';
import type { Followed, FollowKind } from '#src/community/contract/people.ts';
import type { PostKind } from '#src/community/contract/posts.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { findMember } from '../members/queries.ts';
import { requirePerson } from '../members/require-member.ts';
import { isListedWish } from '../wishes/lock-wish.ts';
import type { FoundNews } from './find-news.ts';

type Row = {
  kind: FollowKind;
  at: Date;
  handle: string | null;
  name: string | null;
  tag: string | null;
  wishId: number | null;
  postId: number | null;
  postKind: PostKind | null;
  title: string | null;
  slug: string | null;
  parentId: number | null;
};

/** What the actor follows, newest first, without what is gone or not public any more. */
export async function listFollowed(ctx: Context): Promise<Followed[]> {
  requirePerson(ctx);
  const { db, actor } = ctx;
  const member = await findMember(db, actor.id!);
  if (!member) return [];
  const { rows } = await sql<Row>`
    select f.kind, f.at, m.handle, m.name, t.name as tag, w.id as "wishId", p.id as "postId",
      p.kind as "postKind", coalesce(p.title, q.title, w.title) as title, coalesce(q.slug, p.slug, w.slug) as slug, p.parent_id as "parentId"
    from community.follow f
    left join community.member m on f.kind = 'member' and m.id::text = f.key and m.erased_at is null
    left join community.tag t on f.kind = 'tag' and t.id::text = f.key
    left join community.post p on f.kind = 'post' and p.id::text = f.key and p.state = 'published'
    left join community.post q on q.id = p.parent_id
    left join community.wish w on w.id = case when f.kind = 'wish' then f.key::bigint end and ${isListedWish}
    where f.member_id = ${member.id} and coalesce(m.handle, t.name, p.id::text, w.id::text) is not null
    order by f.at desc limit 500`.execute(db);
  return rows.map((row) => ({ kind: row.kind, at: row.at.toISOString(), ...standing(row) }));
}

function standing(row: Row): Pick<Followed, 'key' | 'title' | 'href'> {
  if (row.handle !== null)
    return { key: row.handle, title: row.name ?? row.handle, href: memberPath(row.handle) };
  if (row.tag !== null) return { key: row.tag, title: row.tag, href: tagPath(row.tag) };
  if (row.wishId !== null)
    return {
      key: String(row.wishId),
      title: row.title ?? '',
      href: wishPath({ id: row.wishId, slug: row.slug ?? '' }),
    };
  const post = {
    kind: row.postKind ?? 'article',
    id: row.postId ?? 0,
    slug: row.slug ?? '',
    parentId: row.parentId,
  };
  return { key: String(row.postId), title: row.title ?? '', href: postPath(post) };
}

/** Members who follow a post's author or one of its tags, each once, without its author. */
export async function listFollowersOf(
  db: Db,
  postId: number,
): Promise<{ memberId: string; byAuthor: boolean }[]> {
  const { rows } = await sql<{ memberId: string; byAuthor: boolean }>`
    select f.member_id as "memberId", bool_or(f.kind = 'member') as "byAuthor"
    from community.post p
    join community.follow f on (f.kind = 'member' and f.key = p.author_id::text)
      or (f.kind = 'tag' and f.key in (select pt.tag_id::text from community.post_tag pt where pt.post_id = p.id))
    where p.id = ${postId} and p.state = 'published' and f.member_id <> p.author_id
      and not exists (select from community.block b where b.member_id = f.member_id and b.blocked_id = p.author_id)
    group by f.member_id order by f.member_id`.execute(db);
  return rows;
}

/**
 * Members who are yet to be told of something below what they follow, after `last` in the order of their ids: without who did
 * it, who blocked them, and who was told of it otherwise.
 */
export async function listUntold(
  db: Db,
  { followed, keys, actors, since }: FoundNews,
  last: string | undefined,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.member_id as id from community.follow f
    where f.kind = ${followed.kind} and f.key = ${String(followed.id)}
      and f.member_id > coalesce(${last ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
      and f.at <= coalesce(${since}::timestamptz, 'infinity') and f.member_id <> all(${actors}::uuid[])
      and not exists (select from community.block b
        where b.member_id = f.member_id and b.blocked_id = any(${actors}::uuid[]))
      and not exists (select from community.notification n
        where n.member_id = f.member_id and n.key = any(${keys}::text[]))
    order by f.member_id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}
