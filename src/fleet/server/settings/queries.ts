import type { SettingRow } from '#src/fleet/contract/clusters.ts';
import type { DerivedSetting } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { memberToRead } from '#src/fleet/server/clusters/health.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { settingRows, settingsScript, type PgSetting } from './rules.ts';

/** Rows of pg_settings as the primary has them now, or a replica while no primary is in sight. Refuses when all hosts are silent. */
export async function readPgSettings(ctx: Context, idOrName: string): Promise<PgSetting[]> {
  const cluster = await getCluster(ctx, idOrName);
  const member = memberToRead(cluster.members);
  if (!member) throw new AppError('unavailable', upkeepText.noPrimarySeen);
  const { rows } = await askHost(ctx.db, {
    hostId: member.hostId,
    kind: 'run-sql',
    input: {
      pgVersion: cluster.pgVersion,
      port: cluster.ports.postgres,
      database: 'postgres',
      script: settingsScript,
    },
  });
  return rows as unknown as PgSetting[];
}

/** The settings of a cluster for the editor. */
export async function listSettings(ctx: Context, idOrName: string): Promise<SettingRow[]> {
  const rows = await readPgSettings(ctx, idOrName);
  const { id } = await getCluster(ctx, idOrName);
  const stored = await ctx.db
    .selectFrom('fleet.cluster')
    .select(['derived_settings', 'settings'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return settingRows(
    rows,
    stored.derived_settings as unknown as DerivedSetting[],
    stored.settings as Record<string, string>,
  );
}
