import { clusterText } from '#src/fleet/contract/clusters.text.ts';
import type { Service, TaskInput, TaskKind } from '#src/fleet/contract/tasks.ts';
import { ensureTask, type TaskRow } from '#src/fleet/server/tasks/ensure-task.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import {
  fail,
  wait,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import type { ClusterBuild } from './queries.ts';
import { poolerService, routerService } from './routing.rules.ts';

export type BuildMember = ClusterBuild['members'][number];
export type Order<K extends TaskKind> = { member: BuildMember; kind: K; key: string; input: TaskInput<K> };

/** Members that carry PostgreSQL, the first made first. */
export const servers = (build: ClusterBuild) => build.members.filter((m) => m.kind === 'server');
export const first = (build: ClusterBuild) => servers(build)[0]!;

/**
 * Puts orders on their way that a later look asks for: a host then works on them while the step waits for others. What of it
 * only waits (for etcd, for Patroni) finds out by itself when it is its turn.
 */
export async function orderAhead(op: StepContext, orders: readonly Order<TaskKind>[]): Promise<void> {
  for (const order of orders) await orderOne(op, order);
}

function orderOne<K extends TaskKind>(op: StepContext, order: Order<K>): Promise<TaskRow<K>> {
  const { member, kind, key, input } = order;
  return ensureTask(op, { hostId: member.hostId, kind, key, input });
}

/** Asks several hosts for one thing each: all answers when all succeeded, otherwise what the step answers meanwhile. */
export async function askMembers<K extends TaskKind>(
  op: StepContext,
  orders: readonly Order<K>[],
  waiting: (missing: string[]) => Text = clusterText.waitsForHosts,
): Promise<{ tasks: TaskRow<K>[]; not: undefined } | { tasks: undefined; not: StepResult }> {
  const tasks: TaskRow<K>[] = [];
  for (const order of orders) tasks.push(await orderOne(op, order));
  const failed = tasks.find((t) => t.state === 'failed');
  const pending = orders.filter((_, i) => tasks[i]?.state !== 'succeeded').map((o) => o.member.hostName);
  // A failure counts once the others have ended too, so that a retry finds nothing still running.
  if (pending.length > 0 && tasks.some((t) => t.state === 'queued' || t.state === 'running')) {
    return { tasks: undefined, not: wait(15, waiting(pending)) };
  }
  if (failed?.error)
    return { tasks: undefined, not: fail(clusterText.taskFailed(failed.host.name, failed.error)) };
  return { tasks, not: undefined };
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
  return {
    member,
    kind: 'await-patroni',
    key,
    input: { name: scope, port: ports.patroni, until, members, timeoutSeconds },
  };
}

/** One request to a member's Patroni, with its credentials. */
export function patroniOrder(
  build: ClusterBuild,
  member: BuildMember,
  key: string,
  request: Pick<TaskInput<'ask-patroni'>, 'method' | 'path' | 'body' | 'timeoutSeconds'>,
): Order<'ask-patroni'> {
  const { scope, ports, passwords } = build.spec;
  return {
    member,
    kind: 'ask-patroni',
    key,
    input: {
      name: scope,
      port: ports.patroni,
      username: 'elepherd',
      password: passwords.patroni,
      ...request,
    },
  };
}

/** HAProxy and PgBouncer as they should be on these members; `spec` when the cluster is about to change. */
export function doorOrders(
  build: ClusterBuild,
  members: readonly BuildMember[],
  spec: ClusterBuild['spec'] = build.spec,
): Order<'ensure-service'>[] {
  const ensure = (member: BuildMember, key: string, service: Service): Order<'ensure-service'> => ({
    member,
    kind: 'ensure-service',
    key: `${key} ${member.name}`,
    input: { service },
  });
  return members.flatMap((member) => [
    ensure(member, 'router', routerService(spec)),
    ensure(member, 'pooler', poolerService(spec)),
  ]);
}
