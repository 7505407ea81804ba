import { hostText } from '#src/fleet/contract/hosts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** A host of the actor's organisation, held for the rest of the transaction. Refuses a removed one. */
export async function lockHost(tx: Context, id: string) {
  const host = await tx.db
    .selectFrom('fleet.host')
    .select(['id', 'name', 'phase', 'address', 'failure_domain'])
    .where('id', '=', id)
    .where('org_id', '=', tx.actor.orgId)
    .forUpdate()
    .executeTakeFirst();
  if (!host) throw new AppError('not_found', hostText.noSuchHost);
  if (host.phase === 'removed') throw new AppError('conflict', hostText.isRemoved);
  return host;
}
