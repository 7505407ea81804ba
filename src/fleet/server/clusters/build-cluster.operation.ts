import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { recoveryTimes } from '#src/fleet/contract/clusters.ts';
import {
  defineOperation,
  done,
  go,
  step,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { accountsScript } from './accounts.rules.ts';
import {
  askMembers,
  awaitOrder,
  first,
  orderAhead,
  patroniOrder,
  servers,
  type BuildMember,
  type Order,
} from './ask-members.ts';
import { scramVerifier } from '#src/fleet/server/contents/rules.ts';
import { dataDirectory, etcdDirectory, etcdService, patroniService } from './files.rules.ts';
import { checkHosts } from './check-hosts.ts';
import { forgetMembers } from './forget-members.ts';
import { installPackages } from './install-packages.ts';
import { getClusterBuild, type ClusterBuild } from './queries.ts';
import { removeServices } from './remove-services.ts';
import { poolerService, routerService } from './routing.rules.ts';

/**
 * Builds a cluster. Each step looks at the world, does one thing, and may be run again at any moment:
 * after a crash, after a deploy, or by hand.
 */
export const buildCluster = defineOperation('fleet.build-cluster', {
  title: clusterText.buildTitle,
  permission: 'fleet.cluster.create',
  deadlineSeconds: 30 * 60,
  cancelStep: 'takeAway',
  steps: {
    checkHosts: step(clusterText.stepCheckHosts, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      return (await checkHosts(op, build, build.members)) ?? go('installPackages');
    }),

    installPackages: step(clusterText.stepInstall, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      return (await installPackages(op, build, build.members)) ?? go('startEtcd');
    }),

    startEtcd: step(clusterText.stepEtcd, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const members = build.members.filter((m) => m.hasEtcd);
      const health = {
        member: members[0]!,
        kind: 'ask-etcd' as const,
        key: 'etcd health',
        input: {
          name: build.spec.scope,
          clientPort: build.spec.ports.etcdClient,
          command: 'health' as const,
          timeoutSeconds: 60,
        },
      };
      await orderAhead(op, [...members.map((member) => etcdOrder(build, member)), health]);
      const started = await askMembers(
        op,
        members.map((member) => etcdOrder(build, member)),
      );
      if (started.not) return started.not;
      const answers = await askMembers(op, [health], () => clusterText.waitsForEtcd);
      if (answers.not) return answers.not;
      await op.say(clusterText.etcdReady(members.length));
      return go('createPrimary');
    }),

    createPrimary: step(clusterText.stepPrimary, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = first(build);
      const replicas = servers(build).slice(1);
      const up = awaitOrder(build, member, 'primary', [], 180);
      const begun = awaitOrder(build, member, 'initializing', [], 180);
      // The accounts are there as soon as the database is; Patroni needs another second or two before it calls it the primary.
      const early = accountsOrder(build, 'accounts early');
      await orderAhead(op, [serverOrder(build, member), up, ...(replicas.length > 0 ? [begun] : []), early]);
      const started = await askMembers(op, [serverOrder(build, member)]);
      if (started.not) return started.not;
      if (replicas.length > 0) {
        // Not before the first has the right to make the database: another would race it. Theirs starts meanwhile, and waits.
        const initializing = await askMembers(op, [begun], () => clusterText.waitsForPrimary);
        if (initializing.not) return initializing.not;
        await orderAhead(
          op,
          replicas.map((replica) => serverOrder(build, replica)),
        );
      }
      const primary = await askMembers(op, [up], () => clusterText.waitsForPrimary);
      if (primary.not) return primary.not;
      await op.say(clusterText.primaryReady(member.name));
      return go('createAccounts');
    }),

    createAccounts: step(clusterText.stepAccounts, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      // Again, on the primary that Patroni settled on: nothing is made twice, and Patroni's own roles are there by now.
      const accounts = await askMembers(op, [accountsOrder(build, 'accounts')]);
      if (accounts.not) return accounts.not;
      return go(servers(build).length > 1 ? 'addReplicas' : 'startRouters');
    }),

    addReplicas: step(clusterText.stepReplicas, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const replicas = servers(build).slice(1);
      const names = servers(build).map((m) => m.name);
      const stream = awaitOrder(build, first(build), 'members-stream', names, 600);
      await orderAhead(op, [stream]);
      const started = await askMembers(
        op,
        replicas.map((member) => serverOrder(build, member)),
      );
      if (started.not) return started.not;
      const streaming = await askMembers(op, [stream], () =>
        clusterText.waitsForReplicas(replicas.map((m) => m.name)),
      );
      if (streaming.not) return streaming.not;
      await op.say(clusterText.replicasReady(replicas.length));
      return go('startRouters');
    }),

    startRouters: step(clusterText.stepRouters, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      await orderAhead(op, [profileOrder(build)]);
      const answer = await askMembers(
        op,
        servers(build).flatMap((member) => [
          {
            member,
            kind: 'ensure-service' as const,
            key: `router ${member.name}`,
            input: { service: routerService(build.spec) },
          },
          {
            member,
            kind: 'ensure-service' as const,
            key: `pooler ${member.name}`,
            input: { service: poolerService(build.spec) },
          },
        ]),
      );
      if (answer.not) return answer.not;
      return go('setProfile');
    }),

    setProfile: step(clusterText.stepProfile, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const answer = await askMembers(op, [profileOrder(build)]);
      if (answer.not) return answer.not;
      await op.db.transaction().execute(async (tx) => {
        await tx
          .updateTable('fleet.cluster')
          .set({ phase: 'ready' })
          .where('id', '=', build.id)
          .where('phase', '=', 'building')
          .execute();
        await tx
          .updateTable('fleet.member')
          .set({ phase: 'ready' })
          .where('cluster_id', '=', build.id)
          .where('phase', '=', 'planned')
          .execute();
      });
      await op.say(clusterText.clusterReady(build.spec.name));
      return done;
    }),

    takeAway: step(clusterText.stepUndo, (op) => takeServicesAway(op, 'removeData'), { hidden: true }),
    removeData: step(clusterText.stepUndoData, (op) => removeAllData(op), { hidden: true }),
  },
});

function etcdOrder(build: ClusterBuild, member: BuildMember): Order<'ensure-service'> {
  return {
    member,
    kind: 'ensure-service',
    key: `etcd ${member.name}`,
    input: { service: etcdService(build.spec, member, member.pair, 'new') },
  };
}

function accountsOrder(build: ClusterBuild, key: string): Order<'run-sql'> {
  const { spec } = build;
  return {
    member: first(build),
    kind: 'run-sql',
    key,
    input: {
      pgVersion: spec.pgVersion,
      port: spec.ports.postgres,
      timeoutSeconds: 60,
      awaitSeconds: 180,
      database: 'template1',
      script: accountsScript,
      // Verifiers: a statement may end up in the server's log, and the passwords must not.
      variables: {
        pooler_password: scramVerifier(spec.passwords.pooler),
        app_password: scramVerifier(build.appPassword),
      },
    },
  };
}

function profileOrder(build: ClusterBuild): Order<'ask-patroni'> {
  const body = { loop_wait: recoveryTimes[build.spec.recovery].loopWait };
  return patroniOrder(build, first(build), 'profile', { method: 'PATCH', path: '/config', body });
}

function serverOrder(build: ClusterBuild, member: BuildMember): Order<'ensure-service'> {
  return {
    member,
    kind: 'ensure-service',
    key: `patroni ${member.name}`,
    input: { service: patroniService(build.spec, member, member.pair) },
  };
}

/** Stops and removes every service of a cluster; data stays for the step after. */
export async function takeServicesAway(op: StepContext, next: string): Promise<StepResult> {
  const build = await getClusterBuild(op.db, op.subjectId);
  return (await removeServices(op, build, build.members)) ?? go(next);
}

/** Removes the data of a cluster whose services are gone, frees its ports and its name, and ends. */
export async function removeAllData(op: StepContext): Promise<StepResult> {
  const build = await getClusterBuild(op.db, op.subjectId);
  const answer = await askMembers(
    op,
    build.members.flatMap((member) => [
      ...(member.kind === 'server'
        ? [
            {
              member,
              kind: 'remove-data' as const,
              key: `data ${member.name}`,
              input: { directory: dataDirectory(build.spec) },
            },
          ]
        : []),
      ...(member.hasEtcd
        ? [
            {
              member,
              kind: 'remove-data' as const,
              key: `etcd data ${member.name}`,
              input: { directory: etcdDirectory(build.spec) },
            },
          ]
        : []),
    ]),
  );
  if (answer.not) return answer.not;
  await forgetMembers(op, build, build.members);
  // Its backups stay, and what is needed to restore them.
  await op.db
    .updateTable('fleet.backup_plan')
    .set({ state: 'off', archiving: false })
    .where('cluster_id', '=', build.id)
    .execute();
  await op.db.updateTable('fleet.cluster').set({ phase: 'deleted' }).where('id', '=', build.id).execute();
  await op.say(clusterText.undone);
  return done;
}
