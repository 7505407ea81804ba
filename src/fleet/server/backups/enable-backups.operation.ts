import { backupText } from '#src/fleet/contract/backups.text.ts';
import { upkeepText } from '#src/fleet/contract/upkeep.text.ts';
import { askMembers, servers } from '#src/fleet/server/clusters/ask-members.ts';
import { getClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { lookAtCluster } from '#src/fleet/server/members/move-leader.ts';
import { restartMembers } from '#src/fleet/server/members/restart-members.ts';
import { inTransaction, systemContext } from '#src/platform/server/context.ts';
import {
  defineOperation,
  done,
  fail,
  go,
  step,
  wait,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';
import { startOperation } from '#src/platform/server/operations/start-operation.ts';
import { giveArchive } from './give-archive.ts';
import { noteBackups } from './note-backups.ts';
import { placeBackupFiles } from './place-backup-files.ts';
import { findPlanOf, type PlanBuild } from './queries.ts';
import { runBackup } from './run-backup.operation.ts';

/** Patroni writes settings into PostgreSQL at its next look; more than a minute means that it does not look. */
const settleSeconds = 90;

async function planOf(op: StepContext): Promise<PlanBuild> {
  const plan = await findPlanOf(op.db, op.subjectId);
  if (!plan) throw new Error(`cluster ${op.subjectId} has no backup plan`);
  return plan;
}

/**
 * Makes a cluster archive and back up as its plan says, or anew after the plan was changed. PostgreSQL is restarted only
 * where archiving was never switched on.
 */
export const enableBackups = defineOperation('fleet.enable-backups', {
  title: backupText.enableTitle,
  permission: 'fleet.backup.manage',
  deadlineSeconds: 2 * 60 * 60,
  cancelStep: 'takeBack',
  keepsGoingAt: ['restartReplicas', 'restartPrimary'],
  steps: {
    placeFiles: step(backupText.stepFiles, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      return (await placeBackupFiles(op, build, servers(build), await planOf(op))) ?? go('createStanza');
    }),

    createStanza: step(backupText.stepStanza, async (op) => {
      const [build, plan] = [await getClusterBuild(op.db, op.subjectId), await planOf(op)];
      const seen = await lookAtCluster(op, build, 'look');
      if (seen.not) return seen.not;
      const primary = servers(build).find((m) => m.name === seen.leader);
      if (!primary) return fail(upkeepText.noPrimarySeen);
      await op.remember({ primary: primary.name });
      const created = await askMembers(op, [
        {
          member: primary,
          kind: 'backup-command' as const,
          key: 'stanza-create',
          input: { stanza: plan.spec.stanza, command: 'stanza-create' as const, timeoutSeconds: 600 },
        },
      ]);
      return created.not ?? go('compareMembers');
    }),

    /** What the primary wrote must be there for every other member: after a failover it goes on there. */
    compareMembers: step(backupText.stepCompare, async (op) => {
      const [build, plan] = [await getClusterBuild(op.db, op.subjectId), await planOf(op)];
      const { stanza, repositories } = plan.spec;
      const members = servers(build);
      const infos = await askMembers(
        op,
        members.map((member) => ({
          member,
          kind: 'backup-info' as const,
          key: `info ${member.name}`,
          input: { stanza, repositories: repositories.map((r) => r.position) },
        })),
      );
      if (infos.not) return infos.not;
      for (const task of infos.tasks) {
        const wrong = task.output?.repositories.find((r) => r.problem !== null);
        const repository = repositories.find((r) => r.position === wrong?.key);
        if (wrong && repository)
          return fail(backupText.notSeenFrom(repository.name, task.host.name, wrong.problem ?? ''));
      }
      const [first] = infos.tasks;
      if (first?.output) await noteBackups(op.db, plan, first.output);
      return go('archive');
    }),

    archive: step(backupText.stepArchive, async (op) => {
      const plan = await planOf(op);
      if (!plan.archiving) {
        await op.db
          .updateTable('fleet.backup_plan')
          .set({ archiving: true })
          .where('id', '=', plan.id)
          .execute();
      }
      return (await giveArchive(op, op.subjectId, 'archive')) ?? go('settle');
    }),

    settle: step(backupText.stepSettle, async (op) => {
      const build = await getClusterBuild(op.db, op.subjectId);
      const primary = servers(build).find((m) => m.name === op.data['primary']);
      if (!primary) return fail(upkeepText.noPrimarySeen);
      const look = Number(op.data['look'] ?? 0);
      const asked = await askMembers(op, [
        {
          member: primary,
          kind: 'run-sql' as const,
          key: `archive settings ${look}`,
          input: {
            pgVersion: build.spec.pgVersion,
            port: build.spec.ports.postgres,
            database: 'postgres',
            script:
              "select m.setting as mode, m.pending_restart::text as pending, c.setting as command from pg_settings m, pg_settings c where m.name = 'archive_mode' and c.name = 'archive_command'",
          },
        },
      ]);
      if (asked.not) return asked.not;
      const [row] = asked.tasks[0]?.output?.rows ?? [];
      // archive_command is shown as set, or as (disabled) while archive_mode is off.
      if (row && row['mode'] === 'off' && row['pending'] === 'true') return go('restartReplicas');
      if (!row || row['command']?.includes('pgbackrest')) return go('check');
      if (Date.now() - op.stepStartedAt.getTime() > settleSeconds * 1000)
        return fail(backupText.archiveNotTaken(settleSeconds));
      await op.remember({ look: look + 1 });
      return wait(1);
    }),

    restartReplicas: step(
      upkeepText.stepRestartReplicas,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        const replicas = servers(build)
          .map((m) => m.name)
          .filter((n) => n !== op.data['primary']);
        return (
          (await restartMembers(op, build, replicas, { onlyPending: true, stage: 'replicas' })) ??
          go('restartPrimary')
        );
      },
      { hidden: true },
    ),
    restartPrimary: step(
      upkeepText.stepRestartPrimary,
      async (op) => {
        const build = await getClusterBuild(op.db, op.subjectId);
        const primary = [String(op.data['primary'])];
        return (
          (await restartMembers(op, build, primary, { onlyPending: true, stage: 'primary' })) ?? go('check')
        );
      },
      { hidden: true },
    ),

    check: step(backupText.stepCheck, async (op) => {
      const [build, plan] = [await getClusterBuild(op.db, op.subjectId), await planOf(op)];
      const primary = servers(build).find((m) => m.name === op.data['primary']);
      if (!primary) return fail(upkeepText.noPrimarySeen);
      const checked = await askMembers(op, [
        {
          member: primary,
          kind: 'backup-command' as const,
          key: 'check',
          input: { stanza: plan.spec.stanza, command: 'check' as const, timeoutSeconds: 300 },
        },
      ]);
      if (checked.not) return checked.not;
      await op.say(backupText.archives(plan.spec.repositories.map((r) => r.name).join(', ')));
      return go('begin');
    }),

    begin: step(backupText.stepBegin, async (op) => {
      const plan = await planOf(op);
      const without = await op.db
        .selectFrom('fleet.backup_plan_repository as pr')
        .select('pr.position')
        .where('pr.plan_id', '=', plan.id)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('fleet.backup as b')
                .select('b.label')
                .whereRef('b.plan_id', '=', 'pr.plan_id')
                .whereRef('b.repository_id', '=', 'pr.repository_id'),
            ),
          ),
        )
        .orderBy('pr.position')
        .execute();
      const positions = without.map((r) => r.position);
      await inTransaction(systemContext(op.db, op.orgId), async (tx) => {
        await tx.db
          .updateTable('fleet.backup_plan')
          .set({ state: 'on', considered_at: new Date() })
          .where('id', '=', plan.id)
          .execute();
        const running = await isWorkedOn(tx.db, plan.id);
        if (positions.length > 0 && !running)
          await startOperation(tx, runBackup, plan.id, { type: 'full', positions });
      });
      await op.say(positions.length > 0 ? backupText.firstBackupBegins : backupText.enabled);
      return done;
    }),

    takeBack: step(
      backupText.stepTakeBack,
      async (op) => {
        const plan = await planOf(op);
        if (op.input['wasOn'] === true) {
          await setState(op, plan.id, 'on');
          return done;
        }
        await op.db
          .updateTable('fleet.backup_plan')
          .set({ archiving: false })
          .where('id', '=', plan.id)
          .execute();
        const not = await giveArchive(op, op.subjectId, 'take back');
        if (not) return not;
        await setState(op, plan.id, 'off');
        return done;
      },
      { hidden: true },
    ),
  },
});

async function setState(op: StepContext, planId: string, state: PlanBuild['state']): Promise<void> {
  await op.db.updateTable('fleet.backup_plan').set({ state }).where('id', '=', planId).execute();
}
