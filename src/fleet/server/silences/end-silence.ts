import { sql } from 'kysely';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { queueTelling } from '../alerts/raise-alert.ts';
import { getSilence } from './queries.ts';

/** Ends a silence now; whoever should have been told of what it covered and still stands is told soon. */
export async function endSilence(ctx: Context, id: string): Promise<void> {
  requirePermission(ctx, 'fleet.alert.silence');
  await inTransaction(ctx, async (tx) => {
    const { reason } = await getSilence(tx, id);
    await tx.db
      .updateTable('fleet.alert_silence')
      .set({ ends_at: sql<Date>`now()` })
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .where(({ or, eb }) => or([eb('ends_at', 'is', null), eb('ends_at', '>', sql<Date>`now()`)]))
      .execute();
    await audit(tx, 'fleet.alert.end-silence', id, { reason });
    await queueTelling(tx, 0);
  });
}
