import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import {
  defineOperation,
  done,
  go,
  step,
  wait,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { askMembers, awaitOrder, first, servers } from './ask-members.ts';
import { removeAllData, takeServicesAway } from './build-cluster.operation.ts';
import { serviceName } from './files.rules.ts';
import { getClusterBuild, type ClusterBuild } from './queries.ts';

/** Looks again at least this often, in case the grace period was changed by hand. */
const lookAgainSeconds = 3600;

/** Starts or stops one kind of service on all members that have it. */
async function controlAll(
  op: StepContext,
  build: ClusterBuild,
  kind: keyof typeof serviceName,
  action: 'start' | 'stop',
): Promise<StepResult | undefined> {
  const members = kind === 'etcd' ? build.members.filter((m) => m.hasEtcd) : servers(build);
  const name = serviceName[kind](build.spec.scope);
  const asked = await askMembers(
    op,
    members.map((member) => ({
      member,
      kind: 'control-service' as const,
      key: `${action} ${name} ${member.name}`,
      input: { name, action },
    })),
  );
  return asked.not;
}

/** Stops a cluster, keeps its data for the grace period, and then removes it for good. Cancelling brings it back while the data stands. */
export const purgeCluster = defineOperation('fleet.delete-cluster', {
  title: upkeepText.deleteTitle,
  permission: 'fleet.cluster.delete',
  deadlineSeconds: 32 * 24 * 3600,
  cancelStep: 'bringBack',
  keepsGoingAt: ['takeAway', 'removeData'],
  steps: {
    stopServers: step(upkeepText.stepStopServers, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      for (const kind of ['router', 'pooler', 'patroni', 'etcd'] as const) {
        const not = await controlAll(op, build, kind, 'stop');
        if (not) return not;
      }
      return go('grace');
    }),
    grace: step(upkeepText.stepGrace, async (op) => {
      const cluster = await op.db
        .selectFrom('fleet.cluster')
        .select('delete_after')
        .where('id', '=', op.subjectId)
        .executeTakeFirstOrThrow();
      const leftSeconds = ((cluster.delete_after?.getTime() ?? 0) - Date.now()) / 1000;
      if (leftSeconds <= 0) return go('takeAway');
      return wait(
        Math.min(leftSeconds, lookAgainSeconds),
        upkeepText.waitsGrace(cluster.delete_after?.toISOString().slice(0, 16).replace('T', ' ') ?? ''),
      );
    }),
    takeAway: step(clusterText.stepUndo, (op) => takeServicesAway(op, 'removeData')),
    removeData: step(clusterText.stepUndoData, (op) => removeAllData(op)),
    bringBack: step(
      upkeepText.stepBringBack,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        for (const kind of ['etcd', 'patroni', 'router', 'pooler'] as const) {
          const not = await controlAll(op, build, kind, 'start');
          if (not) return not;
        }
        const names = servers(build).map((m) => m.name);
        const back = await askMembers(op, [awaitOrder(build, first(build), 'members-stream', names, 600)]);
        if (back.not) return back.not;
        await op.db
          .updateTable('fleet.cluster')
          .set({ phase: 'ready', delete_after: null })
          .where('id', '=', build.id)
          .execute();
        await op.say(upkeepText.cameBack);
        return done;
      },
      { hidden: true },
    ),
  },
});
