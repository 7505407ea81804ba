import type { Started } from '#src/fleet/contract/clusters.ts';
import { passportText } from '#src/fleet/contract/passports.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { takeBack } from './take-back.operation.ts';

/** Starts asking all hosts of the organisation that are online what they know, and takes back what is not here. Refuses without hosts, and while it is being done. */
export async function startTakeBack(ctx: Context): Promise<Started> {
  requirePermission(ctx, 'fleet.cluster.create');
  return inTransaction(ctx, async (tx) => {
    const hosts = await tx.db
      .selectFrom('fleet.host')
      .select('id')
      .where('org_id', '=', tx.actor.orgId)
      .where('phase', '<>', 'removed')
      .where('connected', '=', true)
      .execute();
    if (hosts.length === 0) throw new AppError('conflict', passportText.noHost);
    const running = await tx.db
      .selectFrom('platform.operation')
      .select('id')
      .where('org_id', '=', tx.actor.orgId)
      .where('kind', '=', takeBack.kind)
      .where('state', 'in', ['running', 'cancelling'])
      .executeTakeFirst();
    if (running) throw new AppError('conflict', passportText.busy);
    const operationId = await startOperation(tx, takeBack, tx.actor.orgId, {
      hostIds: hosts.map(({ id }) => id),
    });
    await audit(tx, 'fleet.cluster.take-back', tx.actor.orgId, { hosts: hosts.length });
    return { operationId };
  });
}
