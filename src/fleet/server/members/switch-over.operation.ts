import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, awaitOrder, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { defineOperation, done, fail, go, step } from '#src/platform/server/operations/define-operation.ts';
import { lookAtCluster, moveLeader } from './move-leader.ts';

/** Hands the primary role to another member, in order: no committed row is lost, and each client sees one failed statement at most. */
export const switchOver = defineOperation('fleet.switch-over', {
  title: upkeepText.switchTitle,
  permission: 'fleet.cluster.switchover',
  deadlineSeconds: 10 * 60,
  steps: {
    look: step(upkeepText.stepLook, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      await op.remember({ from: seen.leader });
      return go('handOver');
    }),
    handOver: step(upkeepText.stepSwitch, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const moved = await moveLeader(
        op,
        build,
        String(op.data['from']),
        op.input['candidate'] as string | undefined,
      );
      if (moved.not) return moved.not;
      await op.remember({ to: moved.to });
      await op.say(upkeepText.switched(String(op.data['from']), moved.to));
      return go('settle');
    }),
    settle: step(upkeepText.stepSettle, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const leader = servers(build).find((m) => m.name === op.data['to']);
      if (!leader) return done;
      const names = servers(build).map((m) => m.name);
      const all = await askMembers(op, [awaitOrder(build, leader, 'members-stream', names, 300)]);
      return all.not ?? done;
    }),
  },
});
