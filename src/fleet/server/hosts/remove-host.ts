import { sql } from 'kysely';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { revokeAll } from '../certificates/revoke-certificate.ts';
import { lockHost } from './lock-host.ts';
import { getHost } from './queries.ts';

/** Takes a host out of the fleet: its agent is told to stop, and its certificate opens nothing any more. Refuses while members of clusters are on it. */
export async function removeHost(ctx: Context, id: string): Promise<Host> {
  requirePermission(ctx, 'fleet.host.remove');
  return inTransaction(ctx, async (tx) => {
    const host = await lockHost(tx, id);
    const members = await tx.db
      .selectFrom('fleet.member as m')
      .innerJoin('fleet.cluster as c', 'c.id', 'm.cluster_id')
      .select('c.name')
      .distinct()
      .where('m.host_id', '=', id)
      .where('m.phase', '<>', 'gone')
      .orderBy('c.name')
      .execute();
    if (members.length > 0)
      throw new AppError('conflict', hostText.hasServers(members.map((m) => m.name).join(', ')));
    await tx.db
      .updateTable('fleet.host')
      .set({ phase: 'removed', connected: false })
      .where('id', '=', id)
      .execute();
    await tx.db
      .updateTable('fleet.task')
      .set({ state: 'cancelled', ended_at: sql<Date>`clock_timestamp()`, secrets: null })
      .where('host_id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .execute();
    await revokeAll(tx.db, id);
    await audit(tx, 'fleet.host.remove', id, { name: host.name });
    return getHost(tx, id);
  });
}
