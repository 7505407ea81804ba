import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import { recoveryTimes } from '#src/fleet/contract/clusters.ts';
import type { TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { ensureTask, type TaskRow } from '#src/fleet/server/tasks/ensure-task.ts';
import { accountsScript, templateScript } from './accounts.rules.ts';
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

type BuildMember = ClusterBuild['members'][number];
type Order<K extends TaskKind> = { member: BuildMember; kind: K; key: string; input: TaskInput<K> };

/** Asks several hosts for one thing each: all answers when all succeeded, otherwise what the step answers meanwhile. */
export async function onMembers<K extends TaskKind>(
  op: StepContext,
  orders: readonly Order<K>[],
  waiting: (missing: string[]) => Text = clusterText.waitsForHosts,
): Promise<{ tasks: TaskRow<K>[]; not: undefined } | { tasks: undefined; not: StepResult }> {
  const tasks: TaskRow<K>[] = [];
  for (const order of orders) {
    tasks.push(await ensureTask(op, { hostId: order.member.hostId, kind: order.kind, key: order.key, input: order.input }));
  }
  const failed = tasks.find((t) => t.state === 'failed');
  const pending = orders.filter((_, i) => tasks[i]?.state !== 'succeeded').map((o) => o.member.hostName);
  // A failure counts once the others have ended too, so that a retry finds nothing still running.
  if (pending.length > 0 && tasks.some((t) => t.state === 'queued' || t.state === 'running')) {
    return { tasks: undefined, not: wait(15, waiting(pending)) };
  }
  if (failed?.error) return { tasks: undefined, not: fail(clusterText.taskFailed(failed.host.name, failed.error)) };
  return { tasks, not: undefined };
}

const servers = (build: ClusterBuild) => build.members.filter((m) => m.kind === 'server');
const first = (build: ClusterBuild) => servers(build)[0]!;

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
      const answer = await onMembers(
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
      const answer = await onMembers(
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
      const started = await onMembers(
        op,
        members.map((member) => ({
          member,
          kind: 'ensure-service' as const,
          key: `etcd ${member.name}`,
          input: { service: etcdService(build.spec, member, member.pair, 'new') },
        })),
      );
      if (started.not) return started.not;
      const answers = await onMembers(
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
      const started = await onMembers(op, [patroniOrder(build, member)]);
      if (started.not) return started.not;
      const primary = await onMembers(op, [awaitOrder(build, member, 'primary', [], 180)], () => clusterText.waitsForPrimary);
      if (primary.not) return primary.not;
      await op.say(clusterText.primaryReady(member.name));
      return go(servers(build).length > 1 ? 'addReplicas' : 'createAccounts');
    }),

    addReplicas: step(clusterText.stepReplicas, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const replicas = servers(build).slice(1);
      const started = await onMembers(op, replicas.map((member) => patroniOrder(build, member)));
      if (started.not) return started.not;
      const names = servers(build).map((m) => m.name);
      const streaming = await onMembers(op, [awaitOrder(build, first(build), 'members-stream', names, 600)], () =>
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
      const template = await onMembers(op, [
        {
          member: first(build),
          kind: 'run-sql' as const,
          key: 'template',
          input: { ...sql, database: 'template1', script: templateScript, variables: { pooler_password: spec.passwords.pooler } },
        },
      ]);
      if (template.not) return template.not;
      const accounts = await onMembers(op, [
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
      const answer = await onMembers(
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
      const answer = await onMembers(op, [
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

function patroniOrder(build: ClusterBuild, member: BuildMember): Order<'ensure-service'> {
  return { member, kind: 'ensure-service', key: `patroni ${member.name}`, input: { service: patroniService(build.spec, member, member.pair) } };
}

/** Waits on a member's host until Patroni there sees what is wished. */
export function awaitOrder(
  build: ClusterBuild,
  member: BuildMember,
  until: TaskInput<'await-patroni'>['until'],
  members: string[],
  timeoutSeconds: number,
  key = `await ${until}`,
): Order<'await-patroni'> {
  const { scope, ports } = build.spec;
  return { member, kind: 'await-patroni', key, input: { name: scope, port: ports.patroni, until, members, timeoutSeconds } };
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
  const front = await onMembers(
    op,
    servers(build).flatMap((m) => [
      remove(m, serviceName.router(scope), [`/etc/haproxy/${scope}.cfg`, `/etc/haproxy/${scope}-ca.crt`]),
      remove(m, serviceName.pooler(scope), [`/etc/pgbouncer/${scope}.ini`, `/etc/pgbouncer/${scope}.users`]),
    ]),
  );
  if (front.not) return front.not;
  const patroni = await onMembers(
    op,
    servers(build).map((m) => remove(m, serviceName.patroni(scope), [`/etc/patroni/${scope}.yml`, ...files(`/etc/patroni/${scope}`)])),
  );
  if (patroni.not) return patroni.not;
  const etcd = await onMembers(
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
  const answer = await onMembers(
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
