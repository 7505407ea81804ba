import type { Host, UpdateHost } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockHost } from './lock-host.ts';
import { getHost } from './queries.ts';

/** Changes how a host is called, reached and placed. Refuses a name that another host of the organisation has. */
export async function updateHost(ctx: Context, id: string, input: UpdateHost): Promise<Host> {
  requirePermission(ctx, 'fleet.host.update');
  return inTransaction(ctx, async (tx) => {
    const host = await lockHost(tx, id);
    const name = input.name ?? host.name;
    const other = await tx.db
      .selectFrom('fleet.host')
      .select('id')
      .where('org_id', '=', tx.actor.orgId)
      .where('name', '=', name)
      .where('phase', '<>', 'removed')
      .where('id', '<>', id)
      .executeTakeFirst();
    if (other) throw new AppError('conflict', hostText.nameTaken(name));
    await tx.db
      .updateTable('fleet.host')
      .set({
        name,
        address: input.address ?? host.address,
        failure_domain: input.failureDomain === undefined ? host.failure_domain : input.failureDomain,
      })
      .where('id', '=', id)
      .execute();
    await audit(tx, 'fleet.host.update', id, input);
    return getHost(tx, id);
  });
}
