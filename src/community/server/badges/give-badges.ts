import { type Kysely, sql } from 'kysely';
import type { BadgeReplay } from '#src/community/contract/badges.ts';
import { badgeText } from '#src/community/contract/badges.text.ts';
import type { Named } from '#src/community/contract/levels.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, noOrg, systemContext, type Context } from '#src/platform/server/context.ts';
import type { DB } from '#src/platform/server/db-types.gen.ts';
import { requireStaff } from '../members/require-staff.ts';
import { notifyMember } from '../notifications/notify-member.ts';
import { type Award, type BadgeRule, badgesOf, type Counted } from './rules.ts';

const membersABatch = 500;

/** Works all badges over all history again: gives what is missing, and answers what no entry explains. */
export async function replayBadges(ctx: Context): Promise<BadgeReplay> {
  await requireStaff(ctx, 'community.point.manage');
  const found = { members: 0, awards: 0, added: 0, unexplained: 0 };
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{ id: string }>`
      select id from community.member where id > ${last} and merged_into is null order by id limit ${sql.lit(membersABatch)}`.execute(
      ctx.db,
    );
    const batch = rows.map(({ id }) => id);
    const { awards, added, unexplained } = await giveBadges(ctx.db, batch);
    found.members += batch.length;
    found.awards += awards;
    found.added += added;
    found.unexplained += unexplained;
    last = batch.at(-1) ?? last;
    if (batch.length < membersABatch) break;
  }
  await inTransaction(ctx, (tx) => audit(tx, 'community.badge.replay', null, found));
  return found;
}

/** Gives members the badges that their entries of points reach and that they have not; tells each of theirs. */
export async function giveBadges(
  db: Kysely<DB>,
  members: readonly string[],
): Promise<{ awards: number; added: number; unexplained: number }> {
  // open to: the job, and staff who work all badges again
  // not audited: the awards are the trace
  const sum = { awards: 0, added: 0, unexplained: 0 };
  if (members.length === 0) return sum;
  const badges = await db
    .selectFrom('community.badge')
    .select(['id', 'slug', 'name', 'cause', 'per', 'at_least as atLeast', 'many', 'is_retired as isRetired'])
    .execute();
  const byId = new Map(badges.map((badge) => [badge.id, badge]));
  const entries = await db
    .selectFrom('community.point_entry')
    .select(['id', 'member_id as memberId', 'cause', 'post_id as postId', 'reverses', 'at'])
    .where('member_id', 'in', [...members])
    .where('contra', '=', 'mint')
    .orderBy('id')
    .execute();
  const held = await db
    .selectFrom('community.badge_award')
    .select(['badge_id as badgeId', 'member_id as memberId', 'key'])
    .where('member_id', 'in', [...members])
    .execute();
  const placeOf = (memberId: string, award: { badgeId: number; key: string }) =>
    `${memberId} ${award.badgeId} ${award.key}`;
  const has = new Set(held.map((one) => placeOf(one.memberId, one)));
  sum.awards = has.size;
  const explained = new Set<string>();
  const ofMembers = Map.groupBy(entries, ({ memberId }) => memberId);
  for (const [memberId, own] of ofMembers) {
    const reached = badgesOf(own satisfies Counted[], badges as ((typeof badges)[number] & BadgeRule)[]);
    for (const award of reached) explained.add(placeOf(memberId, award));
    const missing = reached.filter(
      (award) => !has.has(placeOf(memberId, award)) && byId.get(award.badgeId)?.isRetired === false,
    );
    for (const award of missing) {
      const badge = byId.get(award.badgeId)!;
      if (await giveBadge(db, memberId, award, { slug: badge.slug, name: badge.name as Named }))
        sum.added += 1;
    }
  }
  sum.unexplained = [...has].filter((place) => !explained.has(place)).length;
  sum.awards += sum.added;
  return sum;
}

const giveBadge = (
  db: Kysely<DB>,
  memberId: string,
  award: Award,
  badge: { slug: string; name: Named },
): Promise<boolean> =>
  inTransaction(systemContext(db, noOrg), async (tx) => {
    const made = await tx.db
      .insertInto('community.badge_award')
      .values({
        badge_id: award.badgeId,
        member_id: memberId,
        key: award.key,
        entry_id: award.entryId,
        at: award.at,
      })
      .onConflict((oc) => oc.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return false;
    await notifyMember(tx, {
      memberId,
      kind: 'badge',
      key: `badge:${award.badgeId}:${award.key}`,
      payload: {
        href: `/badges/${badge.slug}`,
        words: badgeText.awarded(badge.name),
      },
    });
    return true;
  });
