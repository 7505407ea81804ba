import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, awaitOrder, patroniOrder, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { captureEvidence } from '#src/fleet/server/incidents/capture-evidence.ts';
import { defineOperation, done, fail, go, step } from '#src/platform/server/operations/define-operation.ts';
import { lookAtCluster } from './move-leader.ts';
import { answerLine } from './patroni.rules.ts';

/** Throws a replica's data away and copies it anew from the primary. */
export const rebuildMember = defineOperation('fleet.rebuild-member', {
  title: upkeepText.rebuildTitle,
  permission: 'fleet.cluster.resize',
  deadlineSeconds: 12 * 60 * 60,
  steps: {
    look: step(upkeepText.stepLook, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      if (seen.leader === op.input['member']) return fail(upkeepText.primaryNotRebuilt);
      return go('evidence');
    }),
    evidence: step(incidentText.evidenceTitle, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = servers(build).filter((m) => m.name === op.input['member']);
      const captured = await captureEvidence(op, build, member);
      return captured.not ?? go('rebuild');
    }),
    rebuild: step(upkeepText.stepRebuild, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = servers(build).find((m) => m.name === op.input['member']);
      if (!member) return fail(upkeepText.noSuchMember);
      const asked = await askMembers(op, [
        patroniOrder(build, member, 'reinitialize', {
          method: 'POST',
          path: '/reinitialize',
          body: { force: true },
          timeoutSeconds: 60,
        }),
      ]);
      if (asked.not) return asked.not;
      const output = asked.tasks[0]?.output;
      if (!output || output.status >= 300) return fail(upkeepText.patroniRefused(answerLine(output?.body)));
      return go('settle');
    }),
    settle: step(upkeepText.stepSettle, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = servers(build).find((m) => m.name === op.input['member']);
      if (!member) return done;
      // Patroni needs a moment to take the member down before it can be seen coming back.
      const streaming = await askMembers(op, [
        awaitOrder(build, member, 'rebuilt', [member.name], 3600, 'await rebuilt'),
      ]);
      if (streaming.not) return streaming.not;
      await op.say(upkeepText.rebuilt(member.name));
      return done;
    }),
  },
});
