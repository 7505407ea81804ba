import { z } from 'zod';
import { Evidence, Timeline, TimelineQuery } from '#src/fleet/contract/incidents.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getClusterTimeline, getHostTimeline, listEvidence } from './queries.ts';

/** Below a cluster's address. */
export const clusterIncidentRoutes = newRoutes();

clusterIncidentRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/timeline',
    summary: 'What happened to a cluster and its hosts, in the order of time',
    request: { params: ClusterParam, query: TimelineQuery },
    responses: { 200: json(Timeline, 'A day unless told otherwise; the newest when there is too much') },
  }),
  async (c) =>
    c.json(await getClusterTimeline(c.var.ctx, c.req.valid('param').cluster, c.req.valid('query')), 200),
);

clusterIncidentRoutes.openapi(
  route('fleet.evidence.show', {
    method: 'get',
    path: '/{cluster}/evidence',
    summary: 'What was kept of a cluster’s hosts before repairs, the newest first',
    request: { params: ClusterParam },
    responses: { 200: json(z.array(Evidence), 'At most twenty') },
  }),
  async (c) => c.json(await listEvidence(c.var.ctx, c.req.valid('param').cluster), 200),
);

/** Below a host's address. */
export const hostIncidentRoutes = newRoutes();

hostIncidentRoutes.openapi(
  route('fleet.host.read', {
    method: 'get',
    path: '/{id}/timeline',
    summary: 'What happened to a host, in the order of time',
    request: { params: z.object({ id: z.uuid() }), query: TimelineQuery },
    responses: { 200: json(Timeline, 'A day unless told otherwise; the newest when there is too much') },
  }),
  async (c) => c.json(await getHostTimeline(c.var.ctx, c.req.valid('param').id, c.req.valid('query')), 200),
);
