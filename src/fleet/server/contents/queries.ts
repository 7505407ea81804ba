import type { Cluster, Contents } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { memberToRead } from '#src/fleet/server/clusters/health.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { extensionsScript, isReservedRole, listScript } from './rules.ts';

type Row = Record<string, string | null>;

async function readRows(ctx: Context, cluster: Cluster, database: string, script: string): Promise<Row[]> {
  const member = memberToRead(cluster.members);
  if (!member) throw new AppError('unavailable', upkeepText.noPrimarySeen);
  const { rows } = await askHost(ctx.db, {
    hostId: member.hostId,
    kind: 'run-sql',
    input: { pgVersion: cluster.pgVersion, port: cluster.ports.postgres, database, script },
  });
  return rows;
}

/** Databases and roles of a cluster, and the extensions of one database, read from the primary now. */
export async function readContents(ctx: Context, idOrName: string, database: string): Promise<Contents> {
  const cluster = await getCluster(ctx, idOrName);
  const [all, extensions] = await Promise.all([
    readRows(ctx, cluster, 'postgres', listScript),
    readRows(ctx, cluster, database, extensionsScript),
  ]);
  const text = (value: string | null | undefined) => value ?? '';
  const isTrue = (value: string | null | undefined) => value === 'true' || value === 't';
  return {
    databases: all
      .filter((row) => row['kind'] === 'database')
      .map((row) => ({
        name: text(row['name']),
        owner: text(row['owner']),
        sizeBytes: row['size'] == null ? null : Number(row['size']),
        connectionLimit: Number(row['connection_limit']),
        encoding: text(row['encoding']),
      })),
    roles: all
      .filter((row) => row['kind'] === 'role')
      .map((row) => ({
        name: text(row['name']),
        canLogin: isTrue(row['can_login']),
        isSuperuser: isTrue(row['superuser']),
        connectionLimit: Number(row['connection_limit']),
        memberOf: text(row['member_of'])
          .split(',')
          .filter((name) => name !== ''),
        managed: isReservedRole(text(row['name'])),
      })),
    extensions: extensions
      .filter((row) => row['kind'] === 'installed')
      .map((row) => ({
        database,
        name: text(row['name']),
        version: text(row['version']),
        newest: row['newest'] ?? null,
      })),
    extensionsOffered: extensions
      .filter((row) => row['kind'] === 'offered')
      .map((row) => ({
        name: text(row['name']),
        version: text(row['version']),
        comment: text(row['comment']),
      })),
    readAt: new Date().toISOString(),
  };
}
