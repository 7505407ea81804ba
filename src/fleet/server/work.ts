import { defineWork } from '#src/platform/server/room.ts';
import { disableBackups } from './backups/disable-backups.operation.ts';
import { enableBackups } from './backups/enable-backups.operation.ts';
import { lookAtBackups } from './backups/look-at-backups.job.ts';
import { runBackup } from './backups/run-backup.operation.ts';
import { startDueBackups } from './backups/start-due-backups.job.ts';
import { deliverMessage } from './alert-channels/deliver-message.job.ts';
import { tellAlerts } from './alerts/tell-alerts.job.ts';
import { tendAlerts } from './alerts/tend-alerts.job.ts';
import { whenOperationOverdue } from './alerts/when-operation-overdue.ts';
import { whenRequestFailed } from './alerts/when-request-failed.ts';
import { buildCluster } from './clusters/build-cluster.operation.ts';
import { purgeCluster } from './clusters/purge-cluster.operation.ts';
import { changeContents } from './contents/change-contents.operation.ts';
import { runDrill } from './drills/run-drill.operation.ts';
import { startDueDrills } from './drills/start-due-drills.job.ts';
import { forgetIncidents } from './incidents/forget-incidents.job.ts';
import { runDump } from './logical-backups/run-dump.operation.ts';
import { startDueDumps } from './logical-backups/start-due-dumps.job.ts';
import { growCluster } from './members/grow-cluster.operation.ts';
import { rebuildMember } from './members/rebuild-member.operation.ts';
import { restartCluster } from './members/restart-cluster.operation.ts';
import { shrinkCluster } from './members/shrink-cluster.operation.ts';
import { switchOver } from './members/switch-over.operation.ts';
import { givePassports } from './passports/give-passports.job.ts';
import { takeBack } from './passports/take-back.operation.ts';
import { makeScratch, cleanRestore } from './restores/make-scratch.operation.ts';
import { markClusters } from './restores/mark-clusters.job.ts';
import { restoreCluster } from './restores/restore-cluster.operation.ts';
import { restoreInPlace } from './restores/restore-in-place.operation.ts';
import { takeContents } from './restores/take-contents.operation.ts';
import { tendRestores } from './restores/tend-restores.job.ts';
import { makeSandbox } from './sandboxes/make-sandbox.operation.ts';
import { tendSandboxes } from './sandboxes/tend-sandboxes.job.ts';
import { forgetTexts } from './metrics/forget-texts.job.ts';
import { applyConfig } from './settings/apply-config.operation.ts';
import { forgetTasks } from './tasks/forget-tasks.job.ts';

/** What the worker does for this room. */
export const fleetWork = defineWork({
  name: 'fleet',
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
});
