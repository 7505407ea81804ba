import { type RawBuilder, sql } from 'kysely';

/** Whether a member follows a post or wish, for a query that reads it. */
export const isFollowed = (
  { kind, id }: { kind: 'post' | 'wish'; id: RawBuilder<unknown> },
  memberId: RawBuilder<unknown>,
): RawBuilder<boolean> =>
  sql<boolean>`exists (select from community.follow f
    where f.member_id = ${memberId} and f.kind = ${kind} and f.key = (${id})::text)`;
