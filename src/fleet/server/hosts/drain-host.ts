import type { Host } from '#src/fleet/contract/hosts.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { lockHost } from './lock-host.ts';
import { getHost } from './queries.ts';

/** Says whether new servers may be placed on a host; those that are there stay. */
export async function drainHost(ctx: Context, id: string, draining: boolean): Promise<Host> {
  requirePermission(ctx, 'fleet.host.drain');
  return inTransaction(ctx, async (tx) => {
    await lockHost(tx, id);
    await tx.db
      .updateTable('fleet.host')
      .set({ phase: draining ? 'draining' : 'active' })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'fleet.host.drain', id, { draining });
    return getHost(tx, id);
  });
}
