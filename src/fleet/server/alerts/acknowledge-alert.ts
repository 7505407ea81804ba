import { sql } from 'kysely';
import type { AlertDetail } from '#src/fleet/contract/alerts.ts';
import { alertText } from '#src/fleet/contract/alerts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getAlert } from './queries.ts';
import { noteEvent } from './raise-alert.ts';

/** Says that somebody looks after an alert: nobody further up is told. Refuses one that is over; a second word changes nothing. */
export async function acknowledgeAlert(ctx: Context, id: string): Promise<AlertDetail> {
  requirePermission(ctx, 'fleet.alert.acknowledge');
  return inTransaction(ctx, async (tx) => {
    const alert = await getAlert(tx, id);
    if (alert.state === 'resolved') throw new AppError('conflict', alertText.alreadyOver);
    if (alert.state === 'acknowledged') return alert;
    await tx.db
      .updateTable('fleet.alert')
      .set({ acknowledged_at: sql<Date>`now()`, acknowledged_by_name: tx.actor.name })
      .where('id', '=', id)
      .where('org_id', '=', tx.actor.orgId)
      .execute();
    await noteEvent(tx, id, 'acknowledged', alertText.acknowledged, tx.actor.name);
    await audit(tx, 'fleet.alert.acknowledge', id, { rule: alert.rule });
    return getAlert(tx, id);
  });
}
