import {
  GuardedServer,
  guardianDefaults,
  GuardianSettings,
  type HostGuardian,
} from '#src/fleet/contract/guardian.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { Db } from '#src/platform/server/db.ts';
import { AppError } from '#src/platform/server/errors.ts';

/** The guardian of one host of the actor's organisation: what it should do, and how it said the disks stand. */
export async function getHostGuardian(ctx: Context, hostId: string): Promise<HostGuardian> {
  const row = await ctx.db
    .selectFrom('fleet.host as h')
    .leftJoin('fleet.guardian as g', 'g.host_id', 'h.id')
    .select(['h.id', 'g.settings', 'g.servers', 'g.reported_at'])
    .where('h.id', '=', hostId)
    .where('h.org_id', '=', ctx.actor.orgId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found', hostText.noSuchHost);
  return {
    settings: readSettings(row.settings),
    servers: readServers(row.servers),
    reportedAt: row.reported_at?.toISOString() ?? null,
  };
}

/** What hosts last said of the disks under their servers, by host. */
export async function listGuardedServers(
  db: Db,
  hostIds: readonly string[],
): Promise<Map<string, GuardedServer[]>> {
  if (hostIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('fleet.guardian')
    .select(['host_id', 'servers'])
    .where('host_id', 'in', [...hostIds])
    .execute();
  return new Map(rows.map((row) => [row.host_id, readServers(row.servers)]));
}

/** An agent of another version may say more or less than this server knows. */
export const readServers = (stored: unknown): GuardedServer[] => {
  const read = GuardedServer.array().safeParse(stored);
  return read.success ? read.data : [];
};

export const readSettings = (stored: unknown): GuardianSettings => {
  const read = GuardianSettings.safeParse(stored);
  return read.success ? read.data : guardianDefaults;
};
