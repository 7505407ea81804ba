import { newRoutes } from '#src/platform/server/http.ts';
import { defineRoom } from '#src/platform/server/room.ts';
import { clusterActivityRoutes } from './activity/routes.ts';
import { backupPlanRoutes, backupPolicyRoutes, clusterBackupRoutes } from './backups/routes.ts';
import { alertChannelRoutes } from './alert-channels/routes.ts';
import { alertRuleRoutes } from './alert-rules/routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { onCallRoutes } from './on-call/routes.ts';
import { silenceRoutes } from './silences/routes.ts';
import { clusterRoutes } from './clusters/routes.ts';
import { contentsRoutes } from './contents/routes.ts';
import { clusterDrillRoutes, drillRoutes } from './drills/routes.ts';
import { enrolmentRoutes } from './enrolments/routes.ts';
import { clusterDiskRoutes, guardianRoutes } from './guardian/routes.ts';
import { hostRoutes } from './hosts/routes.ts';
import { clusterIncidentRoutes, hostIncidentRoutes } from './incidents/routes.ts';
import { externalRoutes } from './logical-backups/routes.ts';
import { upkeepRoutes } from './members/routes.ts';
import { takeBackRoutes } from './passports/routes.ts';
import { cardRoutes } from './recovery-cards/routes.ts';
import { repositoryRoutes } from './repositories/routes.ts';
import { clusterRestoreRoutes, restoreRoutes } from './restores/routes.ts';
import { sandboxRoutes, sandboxTemplateRoutes } from './sandboxes/routes.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { fleetWork } from './work.ts';

const clusters = newRoutes();
for (const routes of [
  clusterRoutes,
  upkeepRoutes,
  contentsRoutes,
  clusterRestoreRoutes,
  clusterDrillRoutes,
  cardRoutes,
  clusterBackupRoutes,
  clusterIncidentRoutes,
  clusterDiskRoutes,
  clusterActivityRoutes,
])
  clusters.route('/', routes);

const hosts = newRoutes();
for (const routes of [hostRoutes, guardianRoutes, hostIncidentRoutes]) hosts.route('/', routes);

/** Everything the programs need to know about this room. */
export const fleet = defineRoom({
  ...fleetWork,
  routes: {
    clusters,
    hosts,
    enrolments: enrolmentRoutes,
    metrics: metricsRoutes,
    restores: restoreRoutes,
    drills: drillRoutes,
    alerts: alertRoutes,
    'alert-rules': alertRuleRoutes,
    'alert-channels': alertChannelRoutes,
    silences: silenceRoutes,
    'on-call': onCallRoutes,
    sandboxes: sandboxRoutes,
    'sandbox-templates': sandboxTemplateRoutes,
    repositories: repositoryRoutes,
    'take-back': takeBackRoutes,
    'external-databases': externalRoutes,
    'backup-plans': backupPlanRoutes,
    'backup-policies': backupPolicyRoutes,
  },
  permissions: [
    'fleet.alert.read',
    'fleet.alert.acknowledge',
    'fleet.alert.silence',
    'fleet.alert.manage',
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
    'fleet.evidence.show',
    'fleet.metrics.read',
    'fleet.restore.read',
    'fleet.restore.start',
    'fleet.drill.read',
    'fleet.drill.run',
    'fleet.drill.manage',
    'fleet.sandbox.read',
    'fleet.sandbox.create',
    'fleet.sandbox.delete',
    'fleet.repository.read',
    'fleet.repository.manage',
    'fleet.repository.show-key',
    'fleet.backup.read',
    'fleet.backup.run',
    'fleet.backup.manage',
  ],
});
