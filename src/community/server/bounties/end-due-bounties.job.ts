import { sql } from 'kysely';
import { z } from 'zod';
import { BountyTerms } from '#src/community/contract/bounties.ts';
import { type Context, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { findSetting } from '../settings/queries.ts';
import { endBounty, lockBounty } from './end-bounty.ts';
import { winnerOf } from './rules.ts';

/** Every ten minutes: bounties past their deadline go to whom the rule names, or back. */
export const endDueBounties = defineJob(
  'community.end-due-bounties',
  z.object({}),
  async ({ db }) => {
    const due = await db
      .selectFrom('community.bounty')
      .select('id')
      .where('state', '=', 'open')
      .where('ends_at', '<=', sql<Date>`now()`)
      .orderBy('id')
      .limit(1000)
      .execute();
    for (const { id } of due)
      await db.transaction().execute((tx) => endDueBounty(systemContext(tx, noOrg), id));
  },
  { schedule: '*/10 * * * *' },
);

async function endDueBounty(tx: Context, bountyId: number): Promise<void> {
  const bounty = await lockBounty(tx, bountyId);
  if (bounty?.state !== 'open' || bounty.ends_at > new Date()) return;
  const { votesAtDeadline } = await findSetting(tx.db, 'bounties', BountyTerms);
  const answers = await tx.db
    .selectFrom('community.post as p')
    .innerJoin('community.post as q', 'q.id', 'p.parent_id')
    .select(['p.id', 'p.author_id as authorId', 'p.score', 'p.published_at as at'])
    .select(sql<boolean>`coalesce(q.accepted_answer_id = p.id, false)`.as('isAccepted'))
    .where('q.id', '=', bounty.question_id)
    .where('q.state', '=', 'published')
    .where('p.state', '=', 'published')
    .execute();
  const candidates = answers.map((one) => ({ ...one, at: one.at ?? new Date(0) }));
  const offer = { offeredBy: bounty.offered_by, offeredAt: bounty.offered_at };
  await endBounty(tx, bounty, winnerOf(candidates, offer, votesAtDeadline));
}
