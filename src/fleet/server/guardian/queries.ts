import {
  type ClusterDisk,
  GuardedServer,
  guardianDefaults,
  GuardianSettings,
  type HostGuardian,
} from '#src/fleet/contract/guardian.ts';
import { hostText } from '#src/fleet/contract/hosts.text.ts';
import { serviceName } from '#src/fleet/server/clusters/files.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import type { Context } from '#src/platform/server/context.ts';
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

/** The disks under a cluster's servers, as their hosts last said. */
export async function listClusterDisks(ctx: Context, idOrName: string): Promise<ClusterDisk[]> {
  const { id, scope } = await getCluster(ctx, idOrName);
  const rows = await ctx.db
    .selectFrom('fleet.member as m')
    .innerJoin('fleet.host as h', 'h.id', 'm.host_id')
    .innerJoin('fleet.guardian as g', 'g.host_id', 'h.id')
    .select(['h.id', 'h.name', 'g.servers'])
    .where('m.cluster_id', '=', id)
    .where('m.phase', '<>', 'gone')
    .orderBy('h.name')
    .execute();
  return rows.flatMap((row) =>
    readServers(row.servers)
      .filter((one) => one.name === serviceName.patroni(scope))
      .map((one) => ({ ...one, hostId: row.id, hostName: row.name })),
  );
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
