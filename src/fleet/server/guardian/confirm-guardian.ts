import type { ConfirmGuardian, HostGuardian } from '#src/fleet/contract/guardian.ts';
import { guardianText } from '#src/fleet/contract/guardian.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockHost } from '../hosts/lock-host.ts';
import { askHost } from '../tasks/ask-host.ts';
import { noteGuardian } from './note-guardian.ts';
import { getHostGuardian } from './queries.ts';

/**
 * A person says that room was made: the host looks at once, and writes come back if more than the read-only threshold is
 * free. With minutes, writes come back for that long although there is less, down to a quarter of it. Refuses a host that is
 * offline or has no server.
 */
export async function confirmGuardian(
  ctx: Context,
  hostId: string,
  wish: ConfirmGuardian,
): Promise<HostGuardian> {
  requirePermission(ctx, 'fleet.host.update');
  const { writesForMinutes = 0 } = wish;
  await inTransaction(ctx, async (tx) => {
    await lockHost(tx, hostId);
    await audit(tx, 'fleet.host.update', hostId, { guardianConfirmed: true, writesForMinutes });
  });
  const report = await askHost(ctx.db, {
    hostId,
    kind: 'look-at-disks',
    input: { confirmed: true, writesForMinutes },
    timeoutSeconds: 40,
  });
  if (report.servers.length === 0) throw new AppError('conflict', guardianText.noServer);
  await inTransaction(ctx, (tx) => noteGuardian(tx.db, hostId, report));
  return getHostGuardian(ctx, hostId);
}
