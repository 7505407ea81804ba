import type { LockTree, LogQuery, LogTail } from '#src/fleet/contract/activity.ts';
import { activityText } from '#src/fleet/contract/activity.text.ts';
import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { memberToRead } from '#src/fleet/server/clusters/health.rules.ts';
import { getCluster } from '#src/fleet/server/clusters/queries.ts';
import { askHost } from '#src/fleet/server/tasks/ask-host.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { lockTree } from './rules.ts';

function memberOf({ members }: Cluster, wished: string | undefined): Member {
  if (wished !== undefined) {
    const found = members.find(
      ({ id, name, kind }) => kind === 'server' && (id === wished || name === wished),
    );
    if (!found) throw new AppError('not_found', activityText.noMember);
    return found;
  }
  const found = memberToRead(members);
  if (!found) throw new AppError('unavailable', upkeepText.noPrimarySeen);
  return found;
}

/** Who waits for whom on the primary of a cluster, asked of it now. */
export async function readLocks(ctx: Context, idOrName: string): Promise<LockTree> {
  const cluster = await getCluster(ctx, idOrName);
  const member = memberOf(cluster, undefined);
  const { sessions } = await askHost(ctx.db, {
    hostId: member.hostId,
    kind: 'look-at-locks',
    input: { pgVersion: cluster.pgVersion, port: cluster.ports.postgres },
  });
  return { member: member.name, readAt: new Date().toISOString(), sessions: lockTree(sessions) };
}

/** The newest lines that a member of a cluster logged, read from its host now. */
export async function readLog(ctx: Context, idOrName: string, wish: LogQuery): Promise<LogTail> {
  const cluster = await getCluster(ctx, idOrName);
  const member = memberOf(cluster, wish.member);
  const { scope } = await ctx.db
    .selectFrom('fleet.cluster')
    .select('scope')
    .where('id', '=', cluster.id)
    .executeTakeFirstOrThrow();
  const { lines } = await askHost(ctx.db, {
    hostId: member.hostId,
    kind: 'read-log',
    input: { scope, lines: wish.lines, only: wish.only },
  });
  return { member: member.name, lines };
}
