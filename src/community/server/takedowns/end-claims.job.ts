import { sql } from 'kysely';
import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { removeForClaim } from './decide-claim.ts';

/** Every hour: posts whose authors let the day for their answer pass go. Staff can bring each back. */
export const endClaims = defineJob(
  'community.end-claims',
  z.object({}),
  async ({ db }) => {
    const ctx = systemContext(db, noOrg);
    for (;;) {
      const isDone = await inTransaction(ctx, async (tx) => {
        const claim = await tx.db
          .selectFrom('community.takedown')
          .select('id')
          .where('state', '=', 'open')
          .where('due_at', '<=', sql<Date>`now()`)
          .orderBy('due_at')
          .limit(1)
          .forUpdate()
          .skipLocked()
          .executeTakeFirst();
        if (claim) await removeForClaim(tx, claim.id, null, '');
        return !claim;
      });
      if (isDone) return;
    }
  },
  { schedule: '13 * * * *' },
);
