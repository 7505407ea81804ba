import { sql } from 'kysely';
import type { CreateEnrolment, NewEnrolment } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { getAgentsPort, getEnrolment } from './queries.ts';
import { enrolmentHours, hashToken, newToken, pastedCommand } from './rules.ts';

/** Makes the command that turns a machine into a host, once, within a day. Refuses a name that a host has. */
export async function createEnrolment(ctx: Context, input: CreateEnrolment): Promise<NewEnrolment> {
  requirePermission(ctx, 'fleet.host.create');
  return inTransaction(ctx, async (tx) => {
    if (input.hostId !== undefined) await refuseStranger(tx, input.hostId);
    else if (input.hostName !== undefined) await refuseTakenName(tx, input.hostName);
    const port = await getAgentsPort(tx.db);
    const token = newToken();
    const { id } = await tx.db
      .insertInto('fleet.enrolment')
      .values({
        org_id: tx.actor.orgId,
        token_hash: hashToken(token),
        host_name: input.hostName ?? null,
        host_id: input.hostId ?? null,
        created_by: tx.actor.name,
        expires_at: sql<Date>`now() + make_interval(hours => ${enrolmentHours})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, 'fleet.host.enrol', id, {
      hostName: input.hostName ?? null,
      hostId: input.hostId ?? null,
    });
    const url = input.serverUrl ?? port.urls[0]!;
    return { ...(await getEnrolment(tx, id)), command: pastedCommand(url, port.keyPin, token) };
  });
}

async function refuseTakenName(tx: Context, name: string): Promise<void> {
  const taken = await tx.db
    .selectFrom('fleet.host')
    .select('id')
    .where('org_id', '=', tx.actor.orgId)
    .where('name', '=', name)
    .where('phase', '<>', 'removed')
    .executeTakeFirst();
  if (taken) throw new AppError('conflict', hostText.nameTaken(name));
}

async function refuseStranger(tx: Context, hostId: string): Promise<void> {
  const host = await tx.db
    .selectFrom('fleet.host')
    .select('phase')
    .where('org_id', '=', tx.actor.orgId)
    .where('id', '=', hostId)
    .executeTakeFirst();
  if (!host) throw new AppError('not_found', hostText.noSuchHost);
  if (host.phase === 'removed') throw new AppError('conflict', hostText.isRemoved);
}
