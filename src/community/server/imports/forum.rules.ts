import { z } from 'zod';
import { importText } from '#src/community/contract/imports.text.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import {
  dateFrom,
  type Found,
  type FoundAuthor,
  localeOf,
  tagsFrom,
  titleFrom,
  type Unreadable,
} from './found.rules.ts';

const Id = z.union([z.number().int(), z.string().max(100)]).transform(String);
const Name = z.string().max(300);

/** A topic of Discourse's own export, with the users it names put beside it. */
const DiscourseTopic = z.object({
  id: Id,
  title: Name,
  created_at: z.string().max(60).optional(),
  tags: z.array(z.union([Name, z.object({ name: Name })])).default([]),
  accepted_answer_post_id: Id.nullish(),
  posts: z
    .array(
      z.object({
        id: Id,
        user_id: Id,
        post_number: z.number().int(),
        raw: z.string().max(400_000),
        created_at: z.string().max(60).optional(),
        deleted_at: z.string().nullish(),
        accepted_answer: z.boolean().optional(),
      }),
    )
    .max(5000),
  users: z.array(z.object({ id: Id, username: Name, name: Name.nullish() })).default([]),
});

/** A topic of NodeBB as its database has it, with its posts and users put beside it. */
const NodebbTopic = z.object({
  tid: Id,
  title: Name,
  timestamp: z.coerce.number().optional(),
  tags: z.array(z.union([Name, z.object({ value: Name })])).default([]),
  deleted: z.coerce.boolean().optional(),
  posts: z
    .array(
      z.object({
        pid: Id,
        uid: Id,
        content: z.string().max(400_000),
        timestamp: z.coerce.number().optional(),
        deleted: z.coerce.boolean().optional(),
      }),
    )
    .max(5000),
  users: z.array(z.object({ uid: Id, username: Name, fullname: Name.nullish() })).default([]),
  solvedPid: Id.nullish(),
});

type Post = { key: string; user: string; text: string; at: unknown; isAccepted: boolean };

/** Reads one topic of a forum's export: its first post asks, the others answer. */
export function readForumTopic(source: 'discourse' | 'nodebb', text: string): Found | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: importText.notJson };
  }
  return source === 'discourse' ? readDiscourse(value) : readNodebb(value);
}

function readDiscourse(value: unknown): Found | Unreadable {
  const parsed = DiscourseTopic.safeParse(value);
  if (!parsed.success) return { reason: importText.notJson };
  const topic = parsed.data;
  const posts = topic.posts
    .filter((post) => post.deleted_at === undefined || post.deleted_at === null)
    .toSorted((a, b) => a.post_number - b.post_number)
    .map((post): Post => ({
      key: post.id,
      user: post.user_id,
      text: post.raw,
      at: post.created_at,
      isAccepted: post.accepted_answer === true || post.id === topic.accepted_answer_post_id,
    }));
  const users = new Map(topic.users.map((user) => [user.id, authorOf(user.username, user.name)]));
  const tags = topic.tags.map((tag) => (typeof tag === 'string' ? tag : tag.name));
  return threadOf({ title: topic.title, at: topic.created_at, tags, posts, users });
}

function readNodebb(value: unknown): Found | Unreadable {
  const parsed = NodebbTopic.safeParse(value);
  if (!parsed.success || parsed.data.deleted === true) return { reason: importText.notJson };
  const topic = parsed.data;
  const posts = topic.posts
    .filter((post) => post.deleted !== true)
    .toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0))
    .map((post): Post => ({
      key: post.pid,
      user: post.uid,
      text: post.content,
      at: post.timestamp,
      isAccepted: post.pid === topic.solvedPid,
    }));
  const users = new Map(topic.users.map((user) => [user.uid, authorOf(user.username, user.fullname)]));
  const tags = topic.tags.map((tag) => (typeof tag === 'string' ? tag : tag.value));
  return threadOf({ title: topic.title, at: topic.timestamp, tags, posts, users });
}

const authorOf = (username: string, name: string | null | undefined): FoundAuthor => ({
  key: username.toLowerCase(),
  name: titleFrom(name === undefined || name === null || name.trim() === '' ? username : name) || username,
});

function threadOf(topic: {
  title: string;
  at: unknown;
  tags: string[];
  posts: Post[];
  users: Map<string, FoundAuthor>;
}): Found | Unreadable {
  const title = titleFrom(topic.title);
  const [first, ...rest] = topic.posts;
  if (title === '') return { reason: importText.noTitle };
  if (!first || first.text.trim() === '') return { reason: importText.noText };
  if (topic.posts.some((post) => post.text.length > 200_000)) return { reason: importText.tooLong };
  const warnings: Text[] = [];
  const writer = (user: string) => topic.users.get(user) ?? { key: `user-${user}`, name: `user-${user}` };
  return {
    kind: 'question',
    title: title.length >= 5 ? title : title.padEnd(5, '.'),
    markdown: first.text.trim(),
    locale: localeOf(title + first.text),
    author: writer(first.user),
    at: dateFrom(topic.at ?? first.at, warnings),
    tags: tagsFrom(topic.tags, warnings),
    isDraft: false,
    sourceUrl: null,
    answers: rest
      .filter((post) => post.text.trim() !== '')
      .map((post) => ({
        key: post.key,
        markdown: post.text.trim(),
        author: writer(post.user),
        at: dateFrom(post.at, warnings),
        isAccepted: post.isAccepted,
      })),
    warnings,
  };
}
