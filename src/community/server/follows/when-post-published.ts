import { postPath } from '#src/community/contract/addresses.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineReaction } from '#src/platform/server/events.ts';
import { notifyMentioned } from '../mentions/notify-mentioned.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { listFollowersOf } from './queries.ts';

/** As many members as are told in one transaction. */
const atOnce = 200;

/** Tells whom a post that has become public calls by name, and who follows its author or a tag; hidden and shown again, it is told once. */
export const whenPostPublished = defineReaction(
  'community.tell-followers',
  'community.post-published',
  async (db, fact) => {
    const postId = Number(fact.payload['postId']);
    const post = await db
      .selectFrom('community.post')
      .select(['id', 'kind', 'slug', 'title', 'excerpt', 'markdown', 'author_id as authorId'])
      .where('id', '=', postId)
      .where('state', '=', 'published')
      .where('imported_from', 'is', null)
      .executeTakeFirst();
    if (!post) return;
    const payload = {
      href: postPath({ kind: post.kind, id: post.id, slug: post.slug }),
      title: post.title ?? '',
      excerpt: post.excerpt,
      postId,
    };
    const ctx = systemContext(db, noOrg);
    await inTransaction(ctx, (tx) =>
      notifyMentioned(tx, {
        actorId: post.authorId,
        markdown: post.markdown,
        place: `post:${postId}`,
        payload,
      }),
    );
    const followers = await listFollowersOf(db, postId);
    for (let from = 0; from < followers.length; from += atOnce) {
      await inTransaction(ctx, async (tx) => {
        for (const { memberId } of followers.slice(from, from + atOnce))
          await notifyMember(tx, {
            memberId,
            kind: 'followed',
            key: `followed-post:${postId}`,
            actorId: post.authorId,
            payload: { ...payload, what: 'post' },
          });
      });
    }
  },
);
