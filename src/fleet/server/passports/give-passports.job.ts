import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { getPassport } from './queries.ts';

/** Every five minutes: gives the hosts of each cluster what Elepherd knows of it, when that is not what they keep already. */
export const givePassports = defineJob(
  'fleet.give-passports',
  z.object({}),
  async ({ db, log }) => {
    const clusters = await db.selectFrom('fleet.cluster').select('id').where('phase', '=', 'ready').execute();
    for (const { id } of clusters) {
      try {
        const { passport, keepers } = await getPassport(db, id);
        const text = JSON.stringify(passport);
        const digest = createHash('sha256').update(text).digest('hex').slice(0, 24);
        for (const { hostId, member } of keepers)
          await ensureTask(
            { db, operationId: null },
            {
              hostId,
              kind: 'keep-passport',
              key: `passport ${passport.cluster.scope} ${digest}`,
              input: { scope: passport.cluster.scope, member, passport: text },
            },
          );
      } catch (err) {
        // One that is being taken away meanwhile must not keep the others from theirs.
        log.warn({ err, cluster: id }, 'what is known of a cluster could not be given to its hosts');
      }
    }
  },
  { schedule: '*/5 * * * *' },
);
