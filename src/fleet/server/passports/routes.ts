import { Started } from '#src/fleet/contract/clusters.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { startTakeBack } from './start-take-back.ts';

export const takeBackRoutes = newRoutes();

takeBackRoutes.openapi(
  route('fleet.cluster.create', {
    method: 'post',
    path: '/',
    summary: 'Take back clusters that the enrolled hosts know and this Elepherd does not',
    responses: { 202: json(Started, 'Accepted; the operation asks the hosts') },
  }),
  async (c) => c.json(await startTakeBack(c.var.ctx), 202),
);
