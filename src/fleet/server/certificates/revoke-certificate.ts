import { sql } from 'kysely';
import type { Host } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getHost } from '../hosts/queries.ts';
import { certificateChannel } from './rules.ts';

/** Locks the agent of a host out at once; its databases run on. The host comes back with a new enrolment. Refuses a host of another organisation as not found. */
export async function revokeCertificate(ctx: Context, hostId: string): Promise<Host> {
  requirePermission(ctx, 'fleet.host.remove');
  return inTransaction(ctx, async (tx) => {
    const host = await tx.db
      .selectFrom('fleet.host')
      .select('id')
      .where('id', '=', hostId)
      .where('org_id', '=', tx.actor.orgId)
      .forUpdate()
      .executeTakeFirst();
    if (!host) throw new AppError('not_found', hostText.noSuchHost);
    await revokeAll(tx.db, hostId);
    await audit(tx, 'fleet.host.revoke', hostId);
    return getHost(tx, hostId);
  });
}

/** Revokes what a host holds, in the caller's transaction, and tells every server. */
export async function revokeAll(tx: Db, hostId: string): Promise<void> {
  await tx
    .updateTable('fleet.certificate')
    .set({ revoked_at: sql<Date>`clock_timestamp()` })
    .where('host_id', '=', hostId)
    .where('revoked_at', 'is', null)
    .execute();
  await sql`select pg_notify(${certificateChannel}, ${hostId})`.execute(tx);
}
