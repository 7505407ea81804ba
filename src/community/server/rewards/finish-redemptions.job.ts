import { sql } from 'kysely';
import { z } from 'zod';
import { RewardTerms } from '#src/community/contract/rewards.ts';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { findSetting } from '../settings/queries.ts';
import { endRedemption, lockRedemption } from './end-redemption.ts';

/** Every night: what was sent long enough ago counts as delivered, and its address goes. */
export const finishRedemptions = defineJob(
  'community.finish-redemptions',
  z.object({}),
  async ({ db }) => {
    const { deliveredAfterDays } = await findSetting(db, 'rewards', RewardTerms);
    const due = await db
      .selectFrom('community.redemption')
      .select('id')
      .where('state', '=', 'sent')
      .where('sent_at', '<=', sql<Date>`now() - make_interval(days => ${deliveredAfterDays})`)
      .limit(1000)
      .execute();
    for (const { id } of due)
      await inTransaction(systemContext(db, noOrg), async (tx) => {
        const redemption = await lockRedemption(tx, id);
        if (redemption?.state === 'sent') await endRedemption(tx, redemption, { state: 'delivered' });
      });
  },
  { schedule: '40 3 * * *' },
);
