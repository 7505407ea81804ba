import { newRoutes } from '#src/platform/server/http.ts';
import { defineRoom } from '#src/platform/server/room.ts';
import { clusterActivityRoutes } from './activity/routes.ts';
import { disableBackups } from './backups/disable-backups.operation.ts';
import { enableBackups } from './backups/enable-backups.operation.ts';
import { lookAtBackups } from './backups/look-at-backups.job.ts';
import { backupPlanRoutes, backupPolicyRoutes, clusterBackupRoutes } from './backups/routes.ts';
import { runBackup } from './backups/run-backup.operation.ts';
import { startDueBackups } from './backups/start-due-backups.job.ts';
import { deliverMessage } from './alert-channels/deliver-message.job.ts';
import { alertChannelRoutes } from './alert-channels/routes.ts';
import { alertRuleRoutes } from './alert-rules/routes.ts';
import { alertRoutes } from './alerts/routes.ts';
import { onCallRoutes } from './on-call/routes.ts';
import { silenceRoutes } from './silences/routes.ts';
import { tellAlerts } from './alerts/tell-alerts.job.ts';
import { tendAlerts } from './alerts/tend-alerts.job.ts';
import { whenOperationOverdue } from './alerts/when-operation-overdue.ts';
import { whenRequestFailed } from './alerts/when-request-failed.ts';
import { buildCluster } from './clusters/build-cluster.operation.ts';
import { purgeCluster } from './clusters/purge-cluster.operation.ts';
import { clusterRoutes } from './clusters/routes.ts';
import { changeContents } from './contents/change-contents.operation.ts';
import { contentsRoutes } from './contents/routes.ts';
import { clusterDrillRoutes, drillRoutes } from './drills/routes.ts';
import { runDrill } from './drills/run-drill.operation.ts';
import { startDueDrills } from './drills/start-due-drills.job.ts';
import { enrolmentRoutes } from './enrolments/routes.ts';
import { clusterDiskRoutes, guardianRoutes } from './guardian/routes.ts';
import { hostRoutes } from './hosts/routes.ts';
import { forgetIncidents } from './incidents/forget-incidents.job.ts';
import { clusterIncidentRoutes, hostIncidentRoutes } from './incidents/routes.ts';
import { externalRoutes } from './logical-backups/routes.ts';
import { runDump } from './logical-backups/run-dump.operation.ts';
import { startDueDumps } from './logical-backups/start-due-dumps.job.ts';
import { growCluster } from './members/grow-cluster.operation.ts';
import { rebuildMember } from './members/rebuild-member.operation.ts';
import { restartCluster } from './members/restart-cluster.operation.ts';
import { upkeepRoutes } from './members/routes.ts';
import { shrinkCluster } from './members/shrink-cluster.operation.ts';
import { switchOver } from './members/switch-over.operation.ts';
import { givePassports } from './passports/give-passports.job.ts';
import { takeBackRoutes } from './passports/routes.ts';
import { takeBack } from './passports/take-back.operation.ts';
import { cardRoutes } from './recovery-cards/routes.ts';
import { repositoryRoutes } from './repositories/routes.ts';
import { makeScratch, cleanRestore } from './restores/make-scratch.operation.ts';
import { markClusters } from './restores/mark-clusters.job.ts';
import { restoreCluster } from './restores/restore-cluster.operation.ts';
import { restoreInPlace } from './restores/restore-in-place.operation.ts';
import { clusterRestoreRoutes, restoreRoutes } from './restores/routes.ts';
import { takeContents } from './restores/take-contents.operation.ts';
import { tendRestores } from './restores/tend-restores.job.ts';
import { makeSandbox } from './sandboxes/make-sandbox.operation.ts';
import { sandboxRoutes, sandboxTemplateRoutes } from './sandboxes/routes.ts';
import { tendSandboxes } from './sandboxes/tend-sandboxes.job.ts';
import { forgetTexts } from './metrics/forget-texts.job.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { applyConfig } from './settings/apply-config.operation.ts';
import { forgetTasks } from './tasks/forget-tasks.job.ts';

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
  name: 'fleet',
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
  operations: [
    buildCluster,
    growCluster,
    shrinkCluster,
    switchOver,
    restartCluster,
    rebuildMember,
    applyConfig,
    changeContents,
    purgeCluster,
    makeSandbox,
    restoreInPlace,
    restoreCluster,
    makeScratch,
    cleanRestore,
    takeContents,
    runDrill,
    enableBackups,
    disableBackups,
    runBackup,
    runDump,
    takeBack,
  ],
  jobs: [
    tendSandboxes,
    tendAlerts,
    tellAlerts,
    deliverMessage,
    tendRestores,
    markClusters,
    startDueDrills,
    forgetTasks,
    forgetIncidents,
    startDueBackups,
    startDueDumps,
    givePassports,
    lookAtBackups,
    forgetTexts,
  ],
  reactions: [whenOperationOverdue, whenRequestFailed],
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
