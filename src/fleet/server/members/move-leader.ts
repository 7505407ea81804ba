import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, patroniOrder, servers } from '#src/fleet/server/clusters/ask-members.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { fail, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';
import { answerLine, ClusterView, leaderOf, ServerView } from './patroni.rules.ts';

type Answer<T> = ({ not: undefined } & T) | { not: StepResult };

/** Members whose hosts answer now, the ones that do first. */
export async function reachable(op: StepContext, build: ClusterBuild): Promise<ClusterBuild['members']> {
  const hosts = await op.db
    .selectFrom('fleet.host')
    .select('id')
    .where('connected', '=', true)
    .where(
      'id',
      'in',
      servers(build).map((m) => m.hostId),
    )
    .execute();
  const connected = new Set(hosts.map((h) => h.id));
  return servers(build).filter((m) => connected.has(m.hostId));
}

/** The cluster as Patroni on a reachable member sees it, asked once under this key. */
export async function lookAtCluster(
  op: StepContext,
  build: ClusterBuild,
  key: string,
): Promise<Answer<{ view: ClusterView; leader: string | undefined }>> {
  const [member] = await reachable(op, build);
  if (!member) return { not: fail(upkeepText.noPrimarySeen) };
  const asked = await askMembers(op, [patroniOrder(build, member, key, { method: 'GET', path: '/cluster' })]);
  if (asked.not) return { not: asked.not };
  const view = ClusterView.safeParse(asked.tasks[0]?.output?.body);
  if (!view.success) return { not: fail(upkeepText.noPrimarySeen) };
  return { not: undefined, view: view.data, leader: leaderOf(view.data) };
}

/**
 * What each of these members says of itself now, asked once under this key: who leads, and who waits for a restart. The
 * cluster's view is as old as Patroni's last look.
 */
export async function lookAtServers(
  op: StepContext,
  build: ClusterBuild,
  members: ClusterBuild['members'],
  key: string,
): Promise<Answer<{ pending: string[]; leader: string | undefined }>> {
  const asked = await askMembers(
    op,
    members.map((m) => patroniOrder(build, m, `${key} ${m.name}`, { method: 'GET', path: '/patroni' })),
  );
  if (asked.not) return { not: asked.not };
  const views = members.map((m, i) => ({
    name: m.name,
    own: ServerView.safeParse(asked.tasks[i]?.output?.body).data,
  }));
  return {
    not: undefined,
    pending: views.filter(({ own }) => own?.pending_restart === true).map(({ name }) => name),
    leader: views.find(({ own }) => own?.role === 'primary' || own?.role === 'master')?.name,
  };
}

/**
 * Asks the leader's Patroni to hand over, to `candidate` or to whom it finds fittest. Patroni's own answer decides:
 * asked again after it was done, the task's recorded answer is read, not a second switchover made.
 */
export async function moveLeader(
  op: StepContext,
  build: ClusterBuild,
  from: string,
  candidate: string | undefined,
): Promise<Answer<{ to: string }>> {
  const leader = servers(build).find((m) => m.name === from);
  if (!leader) return { not: fail(upkeepText.noPrimarySeen) };
  const asked = await askMembers(op, [
    patroniOrder(build, leader, 'switchover', {
      method: 'POST',
      path: '/switchover',
      body: { leader: from, ...(candidate === undefined ? {} : { candidate }) },
      timeoutSeconds: 120,
    }),
  ]);
  if (asked.not) return { not: asked.not };
  const output = asked.tasks[0]?.output;
  if (!output || output.status >= 300)
    return { not: fail(upkeepText.patroniRefused(answerLine(output?.body))) };
  // Patroni says `Successfully switched over to "name"`.
  const to = /"([^"]+)"/.exec(answerLine(output.body))?.[1] ?? candidate ?? '';
  return { not: undefined, to };
}
