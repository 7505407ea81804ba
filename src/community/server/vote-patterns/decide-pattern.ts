import { sql } from 'kysely';
import { DecidePattern } from '#src/community/contract/vote-patterns.ts';
import { votePatternText } from '#src/community/contract/vote-patterns.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireMember } from '../members/require-member.ts';
import { requireStaff } from '../members/require-staff.ts';
import { changePoints } from '../points/change-points.ts';
import { votesOf } from './queries.ts';

/** Judges votes that look arranged: agreed, what they brought is taken back, and nothing else. Nobody judges their own. */
export async function decidePattern(ctx: Context, id: number, given: DecidePattern): Promise<void> {
  await requireStaff(ctx, 'community.post.moderate');
  const reviewer = await requireMember(ctx);
  const { verdict } = DecidePattern.parse(given);
  await inTransaction(ctx, async (tx) => {
    const pattern = await tx.db
      .selectFrom('community.vote_pattern')
      .select(['giver_id as giverId', 'taker_id as takerId'])
      .where('id', '=', id)
      .where('state', '=', 'open')
      .forUpdate()
      .executeTakeFirst();
    if (!pattern) throw new AppError('not_found', votePatternText.noSuch);
    if ([pattern.giverId, pattern.takerId].includes(reviewer.id))
      throw new AppError('conflict', votePatternText.ownPattern);
    if (verdict === 'agree') {
      const { rows } = await sql<{ key: string }>`
        select e.cause_key as key from ${votesOf(sql`${pattern.giverId}::uuid`, sql`${pattern.takerId}::uuid`)}`.execute(
        tx.db,
      );
      await changePoints(tx, {
        reverse: rows.map(({ key }) => ({ memberId: pattern.takerId, cause: 'up-vote', key })),
      });
    }
    await tx.db
      .updateTable('community.vote_pattern')
      .set({
        state: verdict === 'agree' ? 'agreed' : 'declined',
        decided_by: reviewer.id,
        decided_at: sql<Date>`now()`,
      })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'community.vote-pattern.decide', pattern.takerId, { id, verdict });
  });
}
