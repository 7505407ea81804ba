import { z } from 'zod';
import { inTransaction, noOrg, systemContext } from '#src/platform/server/context.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { settleTag } from './settle-tag.ts';

/** Enters the rest of what posts under a tag brought with the weight it has now, some at a time, each batch for itself exact. */
export const settleWeights = defineJob(
  'community.settle-weights',
  z.object({ tagId: z.number().int() }),
  // open to: who weighed the tag or gave it another name
  // not audited: that deed was
  async ({ db }, { tagId }) => {
    await inTransaction(systemContext(db, noOrg), (tx) => settleTag(tx, tagId));
  },
);
