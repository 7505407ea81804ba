import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, doorOrders, patroniOrder, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { dynamicConfig } from '#src/fleet/server/clusters/files.rules.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtServers, reachable } from '#src/fleet/server/members/move-leader.ts';
import { answerLine } from '#src/fleet/server/members/patroni.rules.ts';
import { restartMembers } from '#src/fleet/server/members/restart-members.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
} from '#src/platform/server/operations/define-operation.ts';

/** Patroni writes the new settings into PostgreSQL at its next look; asked to reload, within this many seconds. */
const settleSeconds = 4;

/** Gives a cluster the configuration that its row wishes: settings, who may connect, protection and recovery. */
export const applyConfig = defineOperation('fleet.apply-config', {
  title: upkeepText.applyTitle,
  permission: 'fleet.cluster.update',
  deadlineSeconds: 60 * 60,
  steps: {
    apply: step(upkeepText.stepApply, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const [member] = await reachable(op, build);
      if (!member) return fail(upkeepText.noPrimarySeen);
      const wished = dynamicConfig(build.spec);
      const given = (op.input['removed'] as string[] | undefined) ?? [];
      // A setting given back is null for Patroni: it then forgets it.
      const forgotten = Object.fromEntries(
        given.filter((n) => !(n in build.spec.settings)).map((n) => [n, null]),
      );
      const body = {
        ...wished,
        postgresql: {
          recovery_conf: null,
          ...wished.postgresql,
          parameters: { ...wished.postgresql.parameters, ...forgotten },
        },
      };
      const asked = await askMembers(op, [
        patroniOrder(build, member, 'config', { method: 'PATCH', path: '/config', body }),
      ]);
      if (asked.not) return asked.not;
      const output = asked.tasks[0]?.output;
      if (!output || output.status >= 300) return fail(upkeepText.patroniRefused(answerLine(output?.body)));
      return go(op.input['doors'] === true ? 'doors' : 'reload');
    }),
    doors: step(
      upkeepText.stepDoors,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        const members = await reachable(op, build);
        const answer = await askMembers(op, doorOrders(build, members));
        if (answer.not) return answer.not;
        const silent = servers(build).filter((m) => !members.includes(m));
        if (silent.length > 0)
          await op.say(upkeepText.doorsUnchanged(silent.map((m) => m.hostName)), 'warning');
        return go('reload');
      },
      { hidden: true },
    ),
    reload: step(upkeepText.stepPending, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const members = await reachable(op, build);
      const asked = await askMembers(
        op,
        members.map((m) =>
          patroniOrder(build, m, `reload ${m.name}`, { method: 'POST', path: '/reload', body: {} }),
        ),
      );
      if (asked.not) return asked.not;
      const waitedMs = Date.now() - op.stepStartedAt.getTime();
      if (waitedMs < settleSeconds * 1000) return wait(settleSeconds - waitedMs / 1000);
      const seen = await lookAtServers(op, build, members, 'pending');
      if (seen.not) return seen.not;
      const { pending } = seen;
      await op.say(pending.length > 0 ? upkeepText.needsRestart(pending) : upkeepText.noRestart);
      if (pending.length === 0 || op.input['restart'] !== true) return done;
      if (seen.leader === undefined) return fail(upkeepText.noPrimarySeen);
      await op.remember({ primary: seen.leader });
      return go(op.input['lowered'] === true ? 'restartPrimary' : 'restartReplicas');
    }),
    restartReplicas: step(upkeepText.stepRestartReplicas, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const replicas = servers(build)
        .map((m) => m.name)
        .filter((n) => n !== op.data['primary']);
      return (
        (await restartMembers(op, build, replicas, { onlyPending: true, stage: 'replicas' })) ??
        go('restartPrimary')
      );
    }),
    restartPrimary: step(upkeepText.stepRestartPrimary, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const stop = await restartMembers(op, build, [String(op.data['primary'])], {
        onlyPending: true,
        stage: 'primary',
      });
      return stop ?? (op.input['lowered'] === true ? go('restartReplicasAfter') : done);
    }),
    restartReplicasAfter: step(
      upkeepText.stepRestartReplicasAfter,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        const replicas = servers(build).filter((m) => m.name !== op.data['primary']);
        const names = replicas.map((m) => m.name);
        const stop = await restartMembers(op, build, names, { onlyPending: true, stage: 'after' });
        if (stop) return stop;
        // A replica may not go below what its primary's WAL last told it: one that was quicker than that WAL kept the old value.
        const seen = await lookAtServers(op, build, replicas, 'after');
        if (seen.not) return seen.not;
        return (await restartMembers(op, build, seen.pending, { onlyPending: true, stage: 'again' })) ?? done;
      },
      { hidden: true },
    ),
  },
});
