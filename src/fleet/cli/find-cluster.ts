import { cliClusterText } from '#src/fleet/contract/cli-clusters.text.ts';
import { Cluster, type Member } from '#src/fleet/contract/clusters.ts';
import { type Api, segment } from '#src/platform/cli/api.ts';
import { exitCode } from '#src/platform/cli/exit-code.ts';
import { CliFailure } from '#src/platform/cli/failure.ts';

/** The cluster argument of a command. */
export const clusterArgument = {
  name: 'cluster',
  title: cliClusterText.cluster,
  completes: 'cluster list',
} as const;

/** Where a cluster is in the API, by its name or id. */
export const clusterPath = (nameOrId: string) => `/api/fleet/clusters/${segment(nameOrId)}`;

/** A cluster given by name or id, with the path of its id: a name may pass to another cluster meanwhile. */
export async function findCluster(api: Api, nameOrId: string): Promise<{ cluster: Cluster; path: string }> {
  const cluster = (await api.get(clusterPath(nameOrId))).as(Cluster);
  return { cluster, path: clusterPath(cluster.id) };
}

/** A member of a cluster given by name, id or the name of its host. */
export function findMember({ members }: Cluster, nameOrId: string): Member {
  const found =
    members.find(({ id, name }) => id === nameOrId.toLowerCase() || name === nameOrId) ??
    members.find(({ hostName }) => hostName === nameOrId);
  if (found !== undefined) return found;
  const known = members.map(({ name }) => name).join(', ');
  throw new CliFailure(exitCode.notFound, cliClusterText.noSuchMember(nameOrId.slice(0, 60), known || '-'));
}
