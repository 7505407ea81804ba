import { postPath } from '#src/community/contract/addresses.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineReaction } from '#src/platform/server/events.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { listFollowersOf } from './queries.ts';

/** As many members as are told in one transaction. */
const atOnce = 200;

/** Tells who follows the author or a tag of a post that has become public; hidden and shown again, it is told once. */
export const whenPostPublished = defineReaction(
  'community.tell-followers',
  'community.post-published',
  async (db, { payload }) => {
    const postId = Number(payload['postId']);
    const post = await db
      .selectFrom('community.post')
      .select(['id', 'kind', 'slug', 'title', 'excerpt', 'author_id as authorId'])
      .where('id', '=', postId)
      .where('state', '=', 'published')
      .where('imported_from', 'is', null)
      .executeTakeFirst();
    if (!post) return;
    const followers = await listFollowersOf(db, postId);
    for (let from = 0; from < followers.length; from += atOnce) {
      await inTransaction(systemContext(db, noOrg), async (tx) => {
        for (const { memberId } of followers.slice(from, from + atOnce))
          await notifyMember(tx, {
            memberId,
            kind: 'followed-post',
            key: `followed-post:${postId}`,
            actorId: post.authorId,
            payload: {
              href: postPath(post as Parameters<typeof postPath>[0]),
              title: post.title ?? '',
              excerpt: post.excerpt,
              postId,
            },
          });
      });
    }
  },
);
