import { backupText } from '#src/fleet/contract/backups.text.ts';
import type { BackupType } from '#src/fleet/contract/backups.ts';
import { askMembers, servers, type Order } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild, type ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { ensureTask } from '#src/fleet/server/tasks/ensure-task.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { noteBackups } from './note-backups.ts';
import { getPlanBuild, listBackups, type PlanBuild } from './queries.ts';
import { expiry } from './retention.rules.ts';

/** How often a backup is begun anew on whoever is primary then, before a person is asked. */
const attemptsAtMost = 3;
const backupSeconds = 7 * 86_400;

type Situation = {
  plan: PlanBuild;
  build: ClusterBuild;
  positions: number[];
  type: BackupType;
  attempt: number;
};

async function situation(op: StepContext): Promise<Situation> {
  const plan = await getPlanBuild(op.db, op.subjectId);
  const wished = op.input['positions'] as number[] | undefined;
  return {
    plan,
    build: await getClusterBuild(op.db, plan.clusterId),
    positions: plan.spec.repositories.map((r) => r.position).filter((p) => wished?.includes(p) ?? true),
    type: (op.input['type'] as BackupType | undefined) ?? 'full',
    attempt: Number(op.data['attempt'] ?? 1),
  };
}

const memberOf = (op: StepContext, build: ClusterBuild) =>
  servers(build).find((m) => m.name === op.data['member']);

/** One backup into each repository of a plan, from the primary; then old ones expire by the policy. */
export const runBackup = defineOperation('fleet.run-backup', {
  title: backupText.runTitle,
  permission: 'fleet.backup.run',
  deadlineSeconds: 24 * 60 * 60,
  cancelStep: 'stopped',
  steps: {
    choose: step(backupText.stepChoose, async (op) => {
      const { build, attempt } = await situation(op);
      const seen = await lookAtCluster(op, build, `look ${attempt}`);
      if (seen.not) return seen.not;
      if (seen.leader === undefined) return fail(backupText.noPrimaryNow);
      await op.remember({ member: seen.leader });
      return go('backUp');
    }),

    backUp: step(backupText.stepBackUp, async (op) => {
      const { plan, build, positions, type, attempt } = await situation(op);
      const member = memberOf(op, build);
      if (!member) return fail(backupText.noPrimaryNow);
      let ended = (op.data['ended'] as number[] | undefined) ?? [];
      for (const position of positions.filter((one) => !ended.includes(one))) {
        const repository = plan.spec.repositories.find((r) => r.position === position)!;
        const task = await ensureTask(op, {
          hostId: member.hostId,
          kind: 'backup-command',
          key: `backup ${position} ${attempt}`,
          input: {
            stanza: plan.spec.stanza,
            command: 'backup',
            repository: position,
            type,
            gentle: plan.gentle,
            timeoutSeconds: backupSeconds,
          },
        });
        if (task.state === 'failed') {
          if (attempt >= attemptsAtMost) return fail(backupText.backupFailed(task.host.name, task.error));
          await op.say(backupText.triesAgain(task.host.name, task.error), 'warning');
          await op.remember({ attempt: attempt + 1 });
          return go('choose');
        }
        if (task.state !== 'succeeded') return wait(30, backupText.copying(task.host.name, repository.name));
        ended = [...ended, position];
        await op.remember({ ended });
        await op.say(backupText.backedUp(repository.name, Math.round(task.output.seconds * 10) / 10));
      }
      return go('look');
    }),

    look: step(backupText.stepLook, async (op) => {
      const { plan, build } = await situation(op);
      const not = await noteInfo(op, plan, build, 'info before');
      return not ?? go('expire');
    }),

    expire: step(backupText.stepExpire, async (op) => {
      const { plan, build, positions } = await situation(op);
      const member = memberOf(op, build);
      if (!member) return fail(backupText.noPrimaryNow);
      const backups = await listBackups(op.db, plan.id);
      // Decided once: a step that runs again after a removal would see another world.
      const decided =
        (op.data['expiry'] as Decision[] | undefined) ??
        plan.spec.repositories
          .filter((r) => positions.includes(r.position))
          .map((r) => ({
            position: r.position,
            ...expiry(
              backups
                .filter((b) => b.repositoryId === r.id)
                .map((b) => ({ ...b, endedAt: new Date(b.endedAt) })),
              plan.retention,
              new Date(),
            ),
          }));
      if (!op.data['expiry']) await op.remember({ expiry: decided });
      for (const order of decided.flatMap((one) => expireOrders(plan, member, one))) {
        const task = await ensureTask(op, { hostId: member.hostId, ...order });
        // The backup is there and whole: what could not be removed is removed after the next one.
        if (task.state === 'failed') {
          await op.say(backupText.notExpired(task.error), 'warning');
          return go('note');
        }
        if (task.state !== 'succeeded') return wait(30, backupText.expiring);
      }
      const removed = decided.flatMap((one) => one.remove);
      if (removed.length > 0) await op.say(backupText.expired(removed.join(', ')));
      return go('note');
    }),

    note: step(backupText.stepNote, async (op) => {
      const { plan, build } = await situation(op);
      return (await noteInfo(op, plan, build, 'info after')) ?? done;
    }),

    stopped: step(
      backupText.stepStopped,
      async (op) => {
        const { plan, build } = await situation(op);
        if (memberOf(op, build) === undefined) return done;
        return (await noteInfo(op, plan, build, 'info stopped')) ?? done;
      },
      { hidden: true },
    ),
  },
});

type Decision = { position: number; remove: string[]; archiveFulls: number };

function expireOrders(
  plan: PlanBuild,
  member: Order<'backup-command'>['member'],
  { position, remove, archiveFulls }: Decision,
): Order<'backup-command'>[] {
  const base = {
    stanza: plan.spec.stanza,
    command: 'expire' as const,
    repository: position,
    timeoutSeconds: 3600,
  };
  return [
    ...remove.map((label) => ({
      member,
      kind: 'backup-command' as const,
      key: `expire ${position} ${label}`,
      input: { ...base, label },
    })),
    {
      member,
      kind: 'backup-command' as const,
      key: `expire ${position} archive`,
      input: { ...base, archiveFulls },
    },
  ];
}

/** Asks pgBackRest on the chosen member what there is now, and writes it down. */
async function noteInfo(op: StepContext, plan: PlanBuild, build: ClusterBuild, key: string) {
  const member = memberOf(op, build);
  if (!member) return fail(backupText.noPrimaryNow);
  const { stanza, repositories } = plan.spec;
  const asked = await askMembers(op, [
    {
      member,
      kind: 'backup-info' as const,
      key,
      input: { stanza, repositories: repositories.map((r) => r.position) },
    },
  ]);
  if (asked.not) return asked.not;
  const output = asked.tasks[0]?.output;
  if (output) await noteBackups(op.db, plan, output);
  return undefined;
}
