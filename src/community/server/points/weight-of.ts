import { type RawBuilder, sql } from 'kysely';

/** The weight of a post by its tags, those of its question for an answer: the smallest that one of them says, else 1. */
export const weightOf = (postId: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select coalesce(min(wt.weight), 1) from community.post wp
    join community.post_tag wpt on wpt.post_id = coalesce(wp.parent_id, wp.id)
    join community.tag wt on wt.id = wpt.tag_id where wp.id = ${postId})`;
