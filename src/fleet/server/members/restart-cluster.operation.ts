import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { captureEvidence } from '#src/fleet/server/incidents/capture-evidence.ts';
import { defineOperation, done, fail, go, step } from '#src/platform/server/operations/define-operation.ts';
import { lookAtCluster } from './move-leader.ts';
import { isWell } from './patroni.rules.ts';
import { restartMembers } from './restart-members.ts';

/** Restarts replicas one after another, then the primary in place: writes pause for its restart only. */
export const restartCluster = defineOperation('fleet.restart-cluster', {
  title: upkeepText.restartTitle,
  permission: 'fleet.cluster.restart',
  deadlineSeconds: 60 * 60,
  steps: {
    look: step(upkeepText.stepLook, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      // A restart wipes out what would say why a member is not well.
      const wished = op.input['member'] as string | undefined;
      const sick = servers(build)
        .map((m) => m.name)
        .filter((name) => (wished ?? name) === name && !isWell(seen.view, name));
      await op.remember({ primary: seen.leader, sick });
      return go(sick.length > 0 ? 'evidence' : 'restartReplicas');
    }),
    evidence: step(incidentText.evidenceTitle, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const sick = op.data['sick'] as string[];
      const captured = await captureEvidence(
        op,
        build,
        servers(build).filter((m) => sick.includes(m.name)),
      );
      return captured.not ?? go('restartReplicas');
    }),
    restartReplicas: step(upkeepText.stepRestartReplicas, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const wished = op.input['member'] as string | undefined;
      const replicas = servers(build)
        .map((m) => m.name)
        .filter((n) => n !== op.data['primary'] && (wished ?? n) === n);
      return (
        (await restartMembers(op, build, replicas, { onlyPending: false, stage: 'replicas' })) ??
        go('restartPrimary')
      );
    }),
    restartPrimary: step(upkeepText.stepRestartPrimary, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const primary = String(op.data['primary']);
      const wished = op.input['member'] as string | undefined;
      if (wished !== undefined && wished !== primary) return done;
      return (await restartMembers(op, build, [primary], { onlyPending: false, stage: 'primary' })) ?? done;
    }),
  },
});
