import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { Cluster, Member } from '#src/fleet/contract/clusters.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';
import { getCluster } from './queries.ts';

/** A ready cluster nobody works on, locked until the transaction ends, so that one operation at a time changes it. */
export async function lockCluster(tx: Context, idOrName: string): Promise<Cluster> {
  const { id } = await getCluster(tx, idOrName);
  await tx.db.selectFrom('fleet.cluster').select('id').where('id', '=', id).forUpdate().execute();
  const cluster = await getCluster(tx, id);
  const busy = await isWorkedOn(tx.db, id);
  if (busy && cluster.phase === 'ready') throw new AppError('conflict', clusterText.busy);
  if (cluster.phase !== 'ready') throw new AppError('conflict', upkeepText.notReady);
  return cluster;
}

/** A server of a cluster that is not leaving it; refuses a witness. */
export function serverOf(cluster: Cluster, memberId: string): Member {
  const member = cluster.members.find((m) => m.id === memberId);
  if (!member) throw new AppError('not_found', upkeepText.noSuchMember);
  if (member.kind !== 'server') throw new AppError('conflict', upkeepText.witnessNoServer);
  return member;
}
