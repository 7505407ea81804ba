import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import {
  askMembers,
  awaitOrder,
  doorOrders,
  patroniOrder,
  servers,
} from '#src/fleet/server/clusters/ask-members.ts';
import { hbaLines } from '#src/fleet/server/clusters/files.rules.ts';
import { forgetMembers } from '#src/fleet/server/clusters/forget-members.ts';
import { getClusterBuild, type ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { addVote } from './add-vote.ts';
import { lookAtCluster, moveLeader } from './move-leader.ts';
import { takeMembersAway } from './take-members-away.ts';

/** The cluster as it will be, with the leaving member's vote given to one that has none. */
async function afterwards(op: StepContext): Promise<{
  build: ClusterBuild;
  leaving: ClusterBuild['members'];
  heir: ClusterBuild['members'][number] | undefined;
}> {
  const build = await getClusterBuild(op.db, op.subjectId);
  const leaving = build.members.filter((m) => m.name === op.input['leaving']);
  const heir = leaving.some((m) => m.hasEtcd)
    ? (build.members.find((m) => m.name === op.data['heir']) ??
      build.members.find((m) => !m.hasEtcd && m.name !== op.input['leaving']))
    : undefined;
  return { build, leaving, heir };
}

/** Takes one member out. Should it be primary, the role moves first; should it vote, its vote moves first. */
export const shrinkCluster = defineOperation('fleet.shrink-cluster', {
  title: upkeepText.removeTitle,
  permission: 'fleet.cluster.resize',
  deadlineSeconds: 2 * 60 * 60,
  steps: {
    moveAway: step(upkeepText.stepMoveAway, async (op) => {
      const { build } = await afterwards(op);
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      if (seen.leader !== op.input['leaving']) return go('moveVote');
      const moved = await moveLeader(op, build, seen.leader, undefined);
      if (moved.not) return moved.not;
      const next = servers(build).find((m) => m.name === moved.to);
      if (!next) return fail(upkeepText.noPrimarySeen);
      const settled = await askMembers(op, [awaitOrder(build, next, 'members-stream', [next.name], 120)]);
      if (settled.not) return settled.not;
      await op.say(upkeepText.switched(seen.leader, moved.to));
      return go('moveVote');
    }),
    moveVote: step(upkeepText.stepGrowEtcd, async (op) => {
      const { build, leaving, heir } = await afterwards(op);
      if (!heir) return go('stop');
      await op.remember({ heir: heir.name });
      const voters = build.members.filter((m) => m.hasEtcd && m.name !== heir.name);
      const through = voters.find((m) => m.name !== leaving[0]?.name);
      if (!through) return fail(upkeepText.noPrimarySeen);
      const not = await addVote(
        op,
        build,
        through,
        heir,
        voters.map((m) => m.name),
      );
      if (not) return not;
      await op.db.updateTable('fleet.member').set({ has_etcd: true }).where('id', '=', heir.id).execute();
      return go('stop');
    }),
    stop: step(upkeepText.stepStop, async (op) => {
      const { build, leaving } = await afterwards(op);
      return (await takeMembersAway(op, build, leaving)) ?? go('forget');
    }),
    forget: step(upkeepText.stepForget, async (op) => {
      const { build, leaving } = await afterwards(op);
      const name = String(op.input['leaving']);
      const spec = { ...build.spec, members: build.spec.members.filter((m) => m.name !== name) };
      const left = servers(build).filter((m) => m.name !== name);
      const routed = await askMembers(op, doorOrders(build, left, spec));
      if (routed.not) return routed.not;
      const config = await askMembers(op, [
        patroniOrder(build, left[0]!, 'hba', {
          method: 'PATCH',
          path: '/config',
          body: { postgresql: { pg_hba: hbaLines(spec) } },
        }),
      ]);
      if (config.not) return config.not;
      if (leaving[0]?.kind === 'server') {
        const gone = await askMembers(op, [awaitOrder(build, left[0]!, 'gone-from-members', [name], 120)]);
        if (gone.not) return gone.not;
      }
      await op.say(upkeepText.memberRemoved(name));
      await forgetMembers(op, build, leaving);
      return done;
    }),
  },
});
