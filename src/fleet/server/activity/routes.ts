import { LockTree, LogQuery, LogTail } from '#src/fleet/contract/activity.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { readLocks, readLog } from './queries.ts';

/** Below a cluster's address. */
export const clusterActivityRoutes = newRoutes();

clusterActivityRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/locks',
    summary: 'Who waits for whom on the primary, now',
    request: { params: ClusterParam },
    responses: { 200: json(LockTree, 'Sessions as a tree, told line by line') },
  }),
  async (c) => c.json(await readLocks(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterActivityRoutes.openapi(
  route('fleet.evidence.show', {
    method: 'get',
    path: '/{cluster}/log',
    summary: 'The newest lines that a server of a cluster logged',
    request: { params: ClusterParam, query: LogQuery },
    responses: { 200: json(LogTail, 'The oldest first, each error with its class') },
  }),
  async (c) => c.json(await readLog(c.var.ctx, c.req.valid('param').cluster, c.req.valid('query')), 200),
);
