import type { Enrolment, ServerAddresses } from '#src/fleet/contract/hosts.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { hashToken } from './rules.ts';

/** How hosts reach the agents' port; refuses while no server has opened it. */
export async function getAgentsPort(db: Db): Promise<{ urls: string[]; keyPin: string }> {
  const row = await db.selectFrom('fleet.agents_port').select(['urls', 'key_pin']).executeTakeFirst();
  if (!row) throw new AppError('unavailable', hostText.noRelease);
  return { urls: row.urls, keyPin: row.key_pin };
}

/** The addresses a command may name. */
export async function listServerAddresses(ctx: Context): Promise<ServerAddresses> {
  return { urls: (await getAgentsPort(ctx.db)).urls };
}

/** One enrolment of the actor's organisation; another's is not found. */
export async function getEnrolment(ctx: Context, id: string): Promise<Enrolment> {
  const row = await ctx.db
    .selectFrom('fleet.enrolment')
    .select(['id', 'host_name', 'host_id', 'created_by', 'created_at', 'expires_at', 'used_at'])
    .where('org_id', '=', ctx.actor.orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', hostText.noSuchEnrolment);
  return {
    id: row.id,
    state: row.used_at ? 'used' : row.expires_at < new Date() ? 'expired' : 'waiting',
    hostName: row.host_name,
    hostId: row.host_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

/** Whether a token may fetch what a new host needs: it was made here and is not over; a used one may, to finish what it began. */
export async function isTokenKnown(db: Db, token: string): Promise<boolean> {
  const row = await db
    .selectFrom('fleet.enrolment')
    .select('expires_at')
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  return row !== undefined && row.expires_at > new Date();
}
