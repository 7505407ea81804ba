import type { Connection, ConnectionUrl } from '#src/fleet/contract/clusters.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, requirePermission, type Context } from '#src/platform/server/context.ts';
import { connectionOf, connectionUrl, type Door, type WayKind } from './connection.rules.ts';
import { getCluster, getClusterBuild } from './queries.ts';

/** Every way to connect to a cluster, without a password. */
export async function getConnection(ctx: Context, idOrName: string, database = 'app'): Promise<Connection> {
  requirePermission(ctx, 'fleet.cluster.read');
  return connectionOf((await doorOf(ctx, idOrName, database)).door);
}

/** A URL with the password of the application account in it; who asked is written to the audit. */
export async function showPassword(
  ctx: Context,
  idOrName: string,
  options: { kind: WayKind; database: string },
): Promise<ConnectionUrl> {
  requirePermission(ctx, 'fleet.cluster.connect');
  return inTransaction(ctx, async (tx) => {
    const { door, id, password } = await doorOf(tx, idOrName, options.database);
    await audit(tx, 'fleet.cluster.connect', id, { kind: options.kind, database: options.database });
    return { url: connectionUrl(door, options.kind, password) };
  });
}

async function doorOf(
  ctx: Context,
  idOrName: string,
  database: string,
): Promise<{ id: string; door: Door; password: string }> {
  const cluster = await getCluster(ctx, idOrName);
  const build = await getClusterBuild(ctx.db, cluster.id);
  return {
    id: cluster.id,
    password: build.appPassword,
    door: {
      scope: build.spec.scope,
      addresses: build.members.filter((m) => m.kind === 'server').map((m) => m.address),
      ports: build.spec.ports,
      database,
      username: 'app',
      authority: build.spec.authority,
    },
  };
}
