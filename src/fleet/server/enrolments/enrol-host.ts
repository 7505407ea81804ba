import { sql } from 'kysely';
import type { EnrolRequest } from '#src/fleet/contract/agents.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, systemContext, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { KeyPair } from '#src/platform/server/x509.ts';
import { issueCertificate } from '../certificates/issue-certificate.ts';
import { revokeAll } from '../certificates/revoke-certificate.ts';
import { freeName, hashToken, hostNameFrom } from './rules.ts';

/** Turns a machine into a host and gives its agent a certificate. Refuses a token that is unknown, used or over; a token works once. */
export async function enrolHost(
  ctx: Context,
  authority: KeyPair,
  request: EnrolRequest,
  address: string,
): Promise<{ hostId: string; hostName: string; certificate: string }> {
  // open to: whoever holds a one-time token.
  return inTransaction(ctx, async (tx) => {
    const enrolment = await tx.db
      .updateTable('fleet.enrolment')
      .set({ used_at: sql<Date>`clock_timestamp()` })
      .where('token_hash', '=', hashToken(request.token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`clock_timestamp()`)
      .returning(['id', 'org_id', 'host_id', 'host_name'])
      .executeTakeFirst();
    if (!enrolment) throw new AppError('forbidden', hostText.badToken);
    const inOrg = {
      ...systemContext(tx.db, enrolment.org_id, 'enrolment'),
      ip: ctx.ip,
      requestId: ctx.requestId,
    };
    const host =
      enrolment.host_id === null
        ? await newHost(
            inOrg,
            enrolment.host_name ?? hostNameFrom(request.hostName),
            request.address ?? address,
          )
        : await readmit(inOrg, enrolment.host_id);
    await tx.db
      .updateTable('fleet.enrolment')
      .set({ host_id: host.id })
      .where('id', '=', enrolment.id)
      .execute();
    await audit(inOrg, 'fleet.host.create', host.id, { name: host.name, enrolment: enrolment.id });
    const certificate = await issueCertificate(tx.db, authority, host.id, request.certificateRequest);
    return { hostId: host.id, hostName: host.name, certificate };
  });
}

async function newHost(tx: Context, wished: string, address: string): Promise<{ id: string; name: string }> {
  // Two machines of one name that enrol at once must not meet.
  await sql`select pg_advisory_xact_lock(hashtext(${`fleet.host ${tx.actor.orgId}`}))`.execute(tx.db);
  const rows = await tx.db
    .selectFrom('fleet.host')
    .select('name')
    .where('org_id', '=', tx.actor.orgId)
    .where('phase', '<>', 'removed')
    .execute();
  const name = freeName(wished, new Set(rows.map((row) => row.name)));
  return tx.db
    .insertInto('fleet.host')
    .values({ org_id: tx.actor.orgId, name, address })
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow();
}

/** A known host with a new key: what its old certificates opened is closed. */
async function readmit(tx: Context, hostId: string): Promise<{ id: string; name: string }> {
  const host = await tx.db
    .selectFrom('fleet.host')
    .select(['id', 'name', 'phase'])
    .where('id', '=', hostId)
    .executeTakeFirst();
  if (!host || host.phase === 'removed') throw new AppError('forbidden', hostText.badToken);
  await revokeAll(tx.db, hostId);
  return host;
}
