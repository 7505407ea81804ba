/** An entry of points as badges see it. */
export type Counted = {
  id: number;
  cause: string;
  postId: number | null;
  reverses: number | null;
  at: Date;
};
export type BadgeRule = {
  id: number;
  cause: string;
  per: 'member' | 'post';
  atLeast: number;
  many: boolean;
};
export type Award = { badgeId: number; key: string; entryId: number; at: Date };

/**
 * The badges that the entries of one member reach, walked in their order: the entry by which a count is first there gives it,
 * once, and what happens later takes nothing away. So whoever walks a longer history finds the same and more.
 */
export function badgesOf(entries: readonly Counted[], badges: readonly BadgeRule[]): Award[] {
  const byCause = Map.groupBy(badges, ({ cause }) => cause);
  const counts = new Map<string, number>();
  const given = new Map<string, Award>();
  for (const { id, cause, postId, reverses, at } of entries) {
    for (const badge of byCause.get(cause) ?? []) {
      if (badge.per === 'post' && postId === null) continue;
      const name = `${badge.id} ${badge.per === 'post' ? postId : ''}`;
      const count = (counts.get(name) ?? 0) + (reverses === null ? 1 : -1);
      counts.set(name, count);
      if (reverses !== null || count < badge.atLeast || count % badge.atLeast !== 0) continue;
      const key = keyOf(badge, count, postId);
      const place = `${badge.id} ${key}`;
      if (!given.has(place)) given.set(place, { badgeId: badge.id, key, entryId: id, at });
    }
  }
  return [...given.values()];
}

/** What tells awards of one badge apart: nothing, the post, or how many times so many. */
function keyOf({ many, per, atLeast }: BadgeRule, count: number, postId: number | null): string {
  if (!many) return '1';
  return per === 'post' ? String(postId) : String(count / atLeast);
}
