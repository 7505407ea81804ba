import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import {
  askMembers,
  awaitOrder,
  doorOrders,
  patroniOrder,
  servers,
} from '#src/fleet/server/clusters/ask-members.ts';
import { placeBackupFiles } from '#src/fleet/server/backups/place-backup-files.ts';
import { findPlanOf } from '#src/fleet/server/backups/queries.ts';
import { checkHosts } from '#src/fleet/server/clusters/check-hosts.ts';
import { forgetMembers } from '#src/fleet/server/clusters/forget-members.ts';
import { installPackages } from '#src/fleet/server/clusters/install-packages.ts';
import { hbaLines, patroniService } from '#src/fleet/server/clusters/files.rules.ts';
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
import { reachable } from './move-leader.ts';
import { answerLine } from './patroni.rules.ts';
import { takeMembersAway } from './take-members-away.ts';

const joiningOf = (op: StepContext, build: ClusterBuild) =>
  build.members.filter((m) => (op.input['joining'] as string[]).includes(m.name));

/** Adds members to a cluster that stands. Until the last step clients notice nothing. */
export const growCluster = defineOperation('fleet.grow-cluster', {
  title: upkeepText.addTitle,
  permission: 'fleet.cluster.resize',
  deadlineSeconds: 12 * 60 * 60,
  cancelStep: 'takeAway',
  keepsGoingAt: ['route'],
  steps: {
    checkHosts: step(clusterText.stepCheckHosts, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      return (await checkHosts(op, build, joiningOf(op, build))) ?? go('installPackages');
    }),
    installPackages: step(clusterText.stepInstall, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      return (await installPackages(op, build, joiningOf(op, build))) ?? go('open');
    }),
    open: step(upkeepText.stepOpen, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const [member] = await reachable(op, {
        ...build,
        members: build.members.filter((m) => m.phase === 'ready'),
      });
      if (!member) return fail(upkeepText.noPrimarySeen);
      const body = { postgresql: { pg_hba: hbaLines(build.spec) } };
      const asked = await askMembers(op, [
        patroniOrder(build, member, 'hba', { method: 'PATCH', path: '/config', body }),
      ]);
      if (asked.not) return asked.not;
      const output = asked.tasks[0]?.output;
      if (!output || output.status >= 300) return fail(upkeepText.patroniRefused(answerLine(output?.body)));
      const standing = servers(build).filter((m) => m.phase === 'ready');
      const reloaded = await askMembers(
        op,
        standing.map((m) =>
          patroniOrder(build, m, `reload ${m.name}`, { method: 'POST', path: '/reload', body: {} }),
        ),
      );
      return reloaded.not ?? go('growEtcd');
    }),
    growEtcd: step(upkeepText.stepGrowEtcd, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const voter = build.members.find((m) => m.hasEtcd && m.phase === 'ready');
      if (!voter) return fail(upkeepText.noPrimarySeen);
      const voting = build.members.filter((m) => m.hasEtcd && m.phase === 'ready').map((m) => m.name);
      for (const member of joiningOf(op, build).filter((m) => m.hasEtcd)) {
        const not = await addVote(op, build, voter, member, voting);
        if (not) return not;
        voting.push(member.name);
      }
      return go('join');
    }),
    join: step(upkeepText.stepJoin, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const joining = joiningOf(op, build).filter((m) => m.kind === 'server');
      const plan = await findPlanOf(op.db, build.id);
      // Before PostgreSQL runs there: it may have to take WAL from the archive, and it may become primary.
      const unplaced = plan && (await placeBackupFiles(op, build, joining, plan));
      if (unplaced) return unplaced;
      const started = await askMembers(
        op,
        joining.map((member) => ({
          member,
          kind: 'ensure-service' as const,
          key: `patroni ${member.name}`,
          input: { service: patroniService(build.spec, member, member.pair) },
        })),
      );
      if (started.not) return started.not;
      const names = joining.map((m) => m.name);
      const streaming = await askMembers(
        op,
        joining.map((m) => awaitOrder(build, m, 'members-stream', names, 3600, `await ${m.name}`)),
        () => clusterText.waitsForReplicas(names),
      );
      if (streaming.not) return streaming.not;
      for (const name of names) await op.say(upkeepText.memberJoined(name));
      return go('route');
    }),
    route: step(upkeepText.stepRoute, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const joining = joiningOf(op, build);
      const answer = await askMembers(op, doorOrders(build, servers(build)));
      if (answer.not) return answer.not;
      await op.db
        .updateTable('fleet.member')
        .set({ phase: 'ready' })
        .where('cluster_id', '=', build.id)
        .where(
          'name',
          'in',
          joining.map((m) => m.name),
        )
        .execute();
      return done;
    }),
    takeAway: step(
      clusterText.stepUndo,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        const joining = joiningOf(op, build);
        const stop = await takeMembersAway(op, build, joining);
        if (stop) return stop;
        await forgetMembers(op, build, joining);
        await op.say(clusterText.undone);
        return done;
      },
      { hidden: true },
    ),
  },
});
