import { randomUUID } from 'node:crypto';
import type { HostGuardian, UpdateGuardian } from '#src/fleet/contract/guardian.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { lockHost } from '../hosts/lock-host.ts';
import { ensureTask } from '../tasks/ensure-task.ts';
import { getHostGuardian } from './queries.ts';

/** Says what the guardian of a host may do. The host hears of it at once, or when it is back. */
export async function setGuardian(
  ctx: Context,
  hostId: string,
  change: UpdateGuardian,
): Promise<HostGuardian> {
  requirePermission(ctx, 'fleet.host.update');
  return inTransaction(ctx, async (tx) => {
    await lockHost(tx, hostId);
    const { settings: before } = await getHostGuardian(tx, hostId);
    const settings = {
      mode: change.mode ?? before.mode,
      dropInactiveSlots: change.dropInactiveSlots ?? before.dropInactiveSlots,
    };
    await tx.db
      .insertInto('fleet.guardian')
      .values({ host_id: hostId, settings: JSON.stringify(settings) })
      .onConflict((oc) => oc.column('host_id').doUpdateSet({ settings: JSON.stringify(settings) }))
      .execute();
    await audit(tx, 'fleet.host.update', hostId, { guardian: change });
    // The look makes the agent report, and the answer to a report carries the settings.
    await ensureTask(
      { db: tx.db, operationId: null },
      {
        hostId,
        kind: 'look-at-disks',
        key: randomUUID(),
        input: { confirmed: false, writesForMinutes: 0 },
      },
    );
    return getHostGuardian(tx, hostId);
  });
}
