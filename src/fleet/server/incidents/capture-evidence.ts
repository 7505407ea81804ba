import { incidentText } from '#src/fleet/contract/incidents.text.ts';
import type { BuildMember } from '#src/fleet/server/clusters/ask-members.ts';
import type { ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import { wait, type StepContext, type StepResult } from '#src/platform/server/operations/define-operation.ts';

/** A host that is itself the trouble must not hold its repair up. */
const patienceMs = 45_000;

/**
 * Before a repair changes anything: keeps what the members' hosts look like. Answers `not` while it waits; a host that is
 * offline, fails or takes longer than 45 seconds is left out, with a line in the operation's log.
 */
export async function captureEvidence(
  op: StepContext,
  build: ClusterBuild,
  members: readonly BuildMember[],
): Promise<{ not: StepResult | undefined }> {
  const isLate = Date.now() - op.stepStartedAt.getTime() > patienceMs;
  const waiting: string[] = [];
  for (const member of members) {
    if (await isKept(op, member.hostId)) continue;
    const task = await ensureTask(op, {
      hostId: member.hostId,
      kind: 'take-evidence',
      key: `evidence ${member.name}`,
      input: {
        scope: build.spec.scope,
        pgVersion: build.spec.pgVersion,
        patroniPort: build.spec.ports.patroni,
      },
    });
    if (task.state === 'succeeded') {
      const kept = await op.db
        .insertInto('fleet.evidence')
        .values({
          org_id: op.orgId,
          cluster_id: build.id,
          host_id: member.hostId,
          operation_id: op.operationId,
          items: JSON.stringify(task.output.items),
        })
        .onConflict((oc) => oc.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (kept) await op.say(incidentText.evidenceTaken(task.host.name, task.output.items.length));
      continue;
    }
    const isHopeless = task.state === 'failed' || !task.host.connected;
    if (isHopeless || isLate) await op.say(incidentText.evidenceMissing(task.host.name), 'warning');
    else waiting.push(task.host.name);
  }
  return { not: waiting.length > 0 ? wait(5, incidentText.waitsForEvidence(waiting)) : undefined };
}

async function isKept(op: StepContext, hostId: string): Promise<boolean> {
  const row = await op.db
    .selectFrom('fleet.evidence')
    .select('id')
    .where('operation_id', '=', op.operationId)
    .where('host_id', '=', hostId)
    .executeTakeFirst();
  return row !== undefined;
}
