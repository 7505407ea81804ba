import { restoreText } from '#src/fleet/contract/restores.text.ts';
import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { askMembers, awaitOrder, first, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { buildCluster } from '#src/fleet/server/clusters/build-cluster.operation.ts';
import { patroniService } from '#src/fleet/server/clusters/files.rules.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import {
  defineOperation,
  done,
  go,
  step,
  type Step,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import {
  bringingOf,
  forgetRepositories,
  recoverStep,
  removeCopy,
  bringData,
  stopRecovered,
  tellRepositories,
} from './bring-data.ts';
import { getRestoreWork } from './queries.ts';
import { setPasswords } from './set-passwords.ts';

const workOf = (op: StepContext) => getRestoreWork(op.db, String(op.input['restoreId']));

/** A step of building a cluster; where building would go on to `from`, this goes on to `to`. */
function built(name: string, from?: string, to?: string): Step {
  const its = buildCluster.steps[name]!;
  return {
    ...its,
    async run(op) {
      const result = await its.run(op);
      return result.then === 'go' && result.step === from && to !== undefined ? go(to) : result;
    },
  };
}

/**
 * Builds a cluster from another one's backups: as any cluster is built, but the first server finds its data there already.
 * It never archives to where the data came from.
 */
export const restoreCluster = defineOperation('fleet.restore-cluster', {
  title: restoreText.newClusterTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: 24 * 3600,
  cancelStep: 'giveUp',
  steps: {
    checkHosts: built('checkHosts'),
    installPackages: built('installPackages'),
    startEtcd: built('startEtcd', 'createPrimary', 'restore'),
    restore: step(restoreText.stepRestore, async (op) => {
      const work = await workOf(op);
      const not = await tellRepositories(op, bringingOf(work));
      return not ?? (await bringData(op, work)) ?? go('recover');
    }),
    recover: step(restoreText.stepRecover, async (op) => {
      const work = await workOf(op);
      return (await recoverStep(op, work, { archive: false })) ?? go('accounts');
    }),
    accounts: step(restoreText.stepAccounts, async (op) => {
      const work = await workOf(op);
      const not = await setPasswords(op, await getClusterBuild(op.db, op.subjectId), work);
      return not ?? (await stopRecovered(op, work, true)) ?? go('lead');
    }),
    lead: step(restoreText.stepLead, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = first(build);
      const service = patroniService(build.spec, member, member.pair);
      const started = await askMembers(op, [
        { member, kind: 'ensure-service' as const, key: `patroni ${member.name}`, input: { service } },
      ]);
      if (started.not) return started.not;
      const up = await askMembers(
        op,
        [awaitOrder(build, member, 'primary', [], 300)],
        () => clusterText.waitsForPrimary,
      );
      if (up.not) return up.not;
      const gone = await forgetRepositories(op, bringingOf(await workOf(op)));
      return gone ?? go(servers(build).length > 1 ? 'addReplicas' : 'startRouters');
    }),
    addReplicas: built('addReplicas'),
    startRouters: built('startRouters'),
    setProfile: {
      ...buildCluster.steps['setProfile']!,
      async run(op) {
        const result = await buildCluster.steps['setProfile']!.run(op);
        if (result.then === 'done') await end(op, 'done');
        return result;
      },
    },

    giveUp: step(
      restoreText.stepStopScratch,
      async (op) => {
        const work = await workOf(op);
        const not =
          (await stopRecovered(op, work, false)) ?? (await forgetRepositories(op, bringingOf(work)));
        return not ?? go('takeAway');
      },
      { hidden: true },
    ),
    takeAway: { ...built('takeAway'), hidden: true },
    removeData: {
      ...buildCluster.steps['removeData']!,
      hidden: true,
      async run(op) {
        const not = await removeCopy(op, await workOf(op));
        if (not) return not;
        const result = await buildCluster.steps['removeData']!.run(op);
        if (result.then === 'done') await end(op, 'cancelled');
        return result;
      },
    },
  },
});

async function end(op: StepContext, state: 'done' | 'cancelled'): Promise<typeof done> {
  await op.db
    .updateTable('fleet.restore')
    .set({ state, ended_at: new Date() })
    .where('id', '=', String(op.input['restoreId']))
    .where('state', '=', 'running')
    .execute();
  return done;
}
