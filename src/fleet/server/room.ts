import { defineRoom } from '#src/platform/server/room.ts';
import { buildCluster } from './clusters/build-cluster.operation.ts';
import { clusterRoutes } from './clusters/routes.ts';
import { enrolmentRoutes } from './enrolments/routes.ts';
import { hostRoutes } from './hosts/routes.ts';

/** Everything the programs need to know about this room. */
export const fleet = defineRoom({
  name: 'fleet',
  routes: { clusters: clusterRoutes, hosts: hostRoutes, enrolments: enrolmentRoutes },
  operations: [buildCluster],
  permissions: [
    'fleet.host.read',
    'fleet.host.create',
    'fleet.host.update',
    'fleet.host.drain',
    'fleet.host.remove',
    'fleet.cluster.read',
    'fleet.cluster.create',
    'fleet.cluster.update',
    'fleet.cluster.connect',
    'fleet.cluster.switchover',
    'fleet.cluster.restart',
    'fleet.cluster.resize',
    'fleet.cluster.delete',
    'fleet.database.manage',
    'fleet.sandbox.read',
    'fleet.sandbox.create',
    'fleet.sandbox.delete',
  ],
});
