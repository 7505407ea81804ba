import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { recoveryTimes } from '#src/fleet/contract/clusters.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { accountsScript, templateScript } from './accounts.rules.ts';
import { askMembers, awaitOrder, first, servers, type BuildMember, type Order } from './ask-members.ts';
import {
  dataDirectory,
  etcdDirectory,
  etcdService,
  packagesOf,
  patroniService,
  poolerService,
  routerService,
  serviceName,
} from './files.rules.ts';
import { getClusterBuild, type ClusterBuild } from './queries.ts';

/** Bytes a new, empty server and its WAL want to find free. */
const needsBytes = 3 * 1024 ** 3;

/**
 * Builds a cluster. Each step looks at the world, does one thing, and may be run again at any moment:
 * after a crash, after a deploy, or by hand.
 */
export const buildCluster = defineOperation('fleet.build-cluster', {
  title: clusterText.buildTitle,
  deadlineSeconds: 30 * 60,
  cancelStep: 'takeAway',
  steps: {
    checkHosts: step(clusterText.stepCheckHosts, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const { spec } = build;
      const answer = await askMembers(
        op,
        build.members.map((member) => ({
          member,
          kind: 'check-host' as const,
          key: `check ${member.name}`,
          input: {
            ...(member.kind === 'server' ? { pgVersion: spec.pgVersion } : {}),
            packages: packagesOf(member.kind, member.hasEtcd, spec.pgVersion),
            ports: portsNeeded(build, member),
            dataDirectories: [
              ...(member.kind === 'server' ? [dataDirectory(spec)] : []),
              ...(member.hasEtcd ? [etcdDirectory(spec)] : []),
            ],
            needsBytes: member.kind === 'server' ? needsBytes : 0,
            members: servers(build).length,
          },
        })),
      );
      if (answer.not) return answer.not;
      const findings = answer.tasks.flatMap((task) =>
        (task.output?.findings ?? []).map((f) => ({ ...f, text: clusterText.hostFinding(task.host.name, f.text) })),
      );
      for (const finding of findings) {
        if (finding.level !== 'ok') await op.say(finding.text, finding.level === 'blocker' ? 'error' : 'warning');
      }
      const blockers = findings.filter((f) => f.level === 'blocker');
      if (blockers[0]) {
        await recheck(op);
        return fail(clusterText.hostsUnfit(blockers.length, blockers[0].text));
      }
      await op.say(clusterText.hostsChecked(build.members.length));
      return go('installPackages');
    }),

    installPackages: step(clusterText.stepInstall, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const answer = await askMembers(
        op,
        build.members.map((member) => ({
          member,
          kind: 'install-packages' as const,
          key: `install ${member.name}`,
          input: { packages: packagesOf(member.kind, member.hasEtcd, build.spec.pgVersion) },
        })),
      );
      if (answer.not) return answer.not;
      for (const task of answer.tasks) {
        const versions = Object.entries(task.output?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
        await op.say(clusterText.installed(task.host.name, versions.join(', ')));
      }
      return go('startEtcd');
    }),

    startEtcd: step(clusterText.stepEtcd, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const members = build.members.filter((m) => m.hasEtcd);
      const started = await askMembers(
        op,
        members.map((member) => ({
          member,
          kind: 'ensure-service' as const,
          key: `etcd ${member.name}`,
          input: { service: etcdService(build.spec, member, member.pair, 'new') },
        })),
      );
      if (started.not) return started.not;
      const answers = await askMembers(
        op,
        [members[0]!].map((member) => ({
          member,
          kind: 'ask-etcd' as const,
          key: 'etcd health',
          input: { name: build.spec.scope, clientPort: build.spec.ports.etcdClient, command: 'health' as const, timeoutSeconds: 60 },
        })),
        () => clusterText.waitsForEtcd,
      );
      if (answers.not) return answers.not;
      await op.say(clusterText.etcdReady(members.length));
      return go('createPrimary');
    }),

    createPrimary: step(clusterText.stepPrimary, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const member = first(build);
      const started = await askMembers(op, [serverOrder(build, member)]);
      if (started.not) return started.not;
      const primary = await askMembers(op, [awaitOrder(build, member, 'primary', [], 180)], () => clusterText.waitsForPrimary);
      if (primary.not) return primary.not;
      await op.say(clusterText.primaryReady(member.name));
      return go(servers(build).length > 1 ? 'addReplicas' : 'createAccounts');
    }),

    addReplicas: step(clusterText.stepReplicas, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const replicas = servers(build).slice(1);
      const started = await askMembers(op, replicas.map((member) => serverOrder(build, member)));
      if (started.not) return started.not;
      const names = servers(build).map((m) => m.name);
      const streaming = await askMembers(op, [awaitOrder(build, first(build), 'members-stream', names, 600)], () =>
        clusterText.waitsForReplicas(replicas.map((m) => m.name)),
      );
      if (streaming.not) return streaming.not;
      await op.say(clusterText.replicasReady(replicas.length));
      return go('createAccounts');
    }),

    createAccounts: step(clusterText.stepAccounts, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const { spec } = build;
      const sql = { pgVersion: spec.pgVersion, port: spec.ports.postgres, timeoutSeconds: 60 };
      const template = await askMembers(op, [
        {
          member: first(build),
          kind: 'run-sql' as const,
          key: 'template',
          input: { ...sql, database: 'template1', script: templateScript, variables: { pooler_password: spec.passwords.pooler } },
        },
      ]);
      if (template.not) return template.not;
      const accounts = await askMembers(op, [
        {
          member: first(build),
          kind: 'run-sql' as const,
          key: 'accounts',
          input: { ...sql, database: 'postgres', script: accountsScript, variables: { app_password: build.appPassword } },
        },
      ]);
      if (accounts.not) return accounts.not;
      return go('startRouters');
    }),

    startRouters: step(clusterText.stepRouters, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const answer = await askMembers(
        op,
        servers(build).flatMap((member) => [
          { member, kind: 'ensure-service' as const, key: `router ${member.name}`, input: { service: routerService(build.spec) } },
          { member, kind: 'ensure-service' as const, key: `pooler ${member.name}`, input: { service: poolerService(build.spec) } },
        ]),
      );
      if (answer.not) return answer.not;
      return go('setProfile');
    }),

    setProfile: step(clusterText.stepProfile, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const answer = await askMembers(op, [
        {
          member: first(build),
          kind: 'ask-patroni' as const,
          key: 'profile',
          input: {
            name: build.spec.scope,
            port: build.spec.ports.patroni,
            method: 'PATCH' as const,
            path: '/config' as const,
            body: { loop_wait: recoveryTimes[build.spec.recovery].loopWait },
            username: 'elepherd',
            password: build.spec.passwords.patroni,
          },
        },
      ]);
      if (answer.not) return answer.not;
      await op.db.transaction().execute(async (tx) => {
        await tx.updateTable('fleet.cluster').set({ phase: 'ready' }).where('id', '=', build.id).where('phase', '=', 'building').execute();
        await tx.updateTable('fleet.member').set({ phase: 'ready' }).where('cluster_id', '=', build.id).where('phase', '=', 'planned').execute();
      });
      await op.say(clusterText.clusterReady(build.spec.name));
      return done;
    }),

    takeAway: step(clusterText.stepUndo, (op) => takeServicesAway(op, 'removeData'), { hidden: true }),
    removeData: step(clusterText.stepUndoData, (op) => removeAllData(op), { hidden: true }),
  },
});

function serverOrder(build: ClusterBuild, member: BuildMember): Order<'ensure-service'> {
  return { member, kind: 'ensure-service', key: `patroni ${member.name}`, input: { service: patroniService(build.spec, member, member.pair) } };
}

function portsNeeded(build: ClusterBuild, member: BuildMember) {
  const { ports } = build.spec;
  const etcd = member.hasEtcd
    ? [{ port: ports.etcdClient, purpose: 'etcd' }, { port: ports.etcdPeer, purpose: 'etcd' }]
    : [];
  if (member.kind === 'witness') return etcd;
  return [
    { port: ports.postgres, purpose: 'PostgreSQL' },
    { port: ports.patroni, purpose: 'Patroni' },
    { port: ports.pooler, purpose: 'PgBouncer' },
    { port: ports.readWrite, purpose: 'HAProxy' },
    { port: ports.readOnly, purpose: 'HAProxy' },
    ...etcd,
  ];
}

/** A check that found something must look anew when a person retries it. */
async function recheck(op: StepContext): Promise<void> {
  await op.db
    .updateTable('fleet.task')
    .set({ state: 'cancelled' })
    .where('operation_id', '=', op.operationId)
    .where('kind', '=', 'check-host')
    .execute();
}

/** Stops and removes every service of a cluster; data stays for the step after. */
export async function takeServicesAway(op: StepContext, next: string): Promise<StepResult> {
  const build = await getClusterBuild(op.db, op.subjectId);
  const { scope } = build.spec;
  const remove = (member: BuildMember, name: string, files: string[]) => ({
    member,
    kind: 'remove-service' as const,
    key: `remove ${name} ${member.name}`,
    input: { name, files },
  });
  const files = (directory: string) => ['ca.crt', 'server.crt', 'server.key'].map((f) => `${directory}/${f}`);
  // Clients first, then PostgreSQL, and etcd last: Patroni needs it to step down in order.
  const front = await askMembers(
    op,
    servers(build).flatMap((m) => [
      remove(m, serviceName.router(scope), [`/etc/haproxy/${scope}.cfg`, `/etc/haproxy/${scope}-ca.crt`]),
      remove(m, serviceName.pooler(scope), [`/etc/pgbouncer/${scope}.ini`, `/etc/pgbouncer/${scope}.users`]),
    ]),
  );
  if (front.not) return front.not;
  const patroni = await askMembers(
    op,
    servers(build).map((m) => remove(m, serviceName.patroni(scope), [`/etc/patroni/${scope}.yml`, ...files(`/etc/patroni/${scope}`)])),
  );
  if (patroni.not) return patroni.not;
  const etcd = await askMembers(
    op,
    build.members
      .filter((m) => m.hasEtcd)
      .map((m) => remove(m, serviceName.etcd(scope), [`/etc/etcd/${scope}/etcd.yml`, ...files(`/etc/etcd/${scope}`)])),
  );
  return etcd.not ?? go(next);
}

/** Removes the data of a cluster whose services are gone, frees its ports and its name, and ends. */
export async function removeAllData(op: StepContext): Promise<StepResult> {
  const build = await getClusterBuild(op.db, op.subjectId);
  const answer = await askMembers(
    op,
    build.members.flatMap((member) => [
      ...(member.kind === 'server'
        ? [{ member, kind: 'remove-data' as const, key: `data ${member.name}`, input: { directory: dataDirectory(build.spec) } }]
        : []),
      ...(member.hasEtcd
        ? [{ member, kind: 'remove-data' as const, key: `etcd data ${member.name}`, input: { directory: etcdDirectory(build.spec) } }]
        : []),
    ]),
  );
  if (answer.not) return answer.not;
  await op.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('fleet.port_slot').where('cluster_id', '=', build.id).execute();
    await tx.updateTable('fleet.member').set({ phase: 'gone' }).where('cluster_id', '=', build.id).execute();
    await tx.updateTable('fleet.cluster').set({ phase: 'deleted' }).where('id', '=', build.id).execute();
  });
  await op.say(clusterText.undone);
  return done;
}
