import { restoreText } from '#src/fleet/contract/restores.text.ts';
import {
  askMembers,
  awaitOrder,
  servers,
  type BuildMember,
  type Order,
} from '#src/fleet/server/clusters/ask-members.ts';
import { dataDirectory, serviceName } from '#src/fleet/server/clusters/files.rules.ts';
import { getClusterBuild, type ClusterBuild } from '#src/fleet/server/clusters/queries.ts';
import { captureEvidence } from '#src/fleet/server/incidents/capture-evidence.ts';
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
import { isWorkedOn } from '#src/platform/server/operations/queries.ts';
import { beginBackup } from './begin-backup.ts';
import { recoverStep, bringData, stopRecovered } from './bring-data.ts';
import { getRestoreWork } from './queries.ts';
import { setPasswords } from './set-passwords.ts';
import { keepUntil } from './rules.ts';

const replicaSeconds = 3600;

/** The cluster, the restore, and the member that gets the data first. */
async function look(op: StepContext) {
  const build = await getClusterBuild(op.db, op.subjectId);
  const work = await getRestoreWork(op.db, String(op.input['restoreId']));
  const all = servers(build);
  const lead = all.find((m) => m.hostId === work.host_id);
  if (!lead) throw new Error('the member that was to be restored has left the cluster');
  return { build, work, lead, others: all.filter((m) => m !== lead), all };
}

function controlOrder(
  build: ClusterBuild,
  member: BuildMember,
  action: 'start' | 'stop',
  key = `${action} ${member.name}`,
): Order<'control-service'> {
  const name = serviceName.patroni(build.spec.scope);
  return { member, kind: 'control-service', key, input: { name, action } };
}

/**
 * Brings a cluster back to an earlier state on its own hosts. What it holds now is moved beside itself first and stays until a
 * person confirms or a week has passed; until the restored server leads, cancelling puts it back.
 */
export const restoreInPlace = defineOperation('fleet.restore-in-place', {
  title: restoreText.inPlaceTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: 24 * 3600,
  cancelStep: 'putBack',
  keepsGoingAt: ['forget', 'lead', 'follow', 'backup'],
  steps: {
    check: step(restoreText.stepCheck, async (op) => {
      const { all, build, work } = await look(op);
      // A member that is away would come back with what was, and might lead.
      const rows = await op.db
        .selectFrom('fleet.host')
        .select(['name', 'connected'])
        .where(
          'id',
          'in',
          all.map((m) => m.hostId),
        )
        .execute();
      const silent = rows.filter((r) => !r.connected).map((r) => r.name);
      if (silent.length > 0) return fail(restoreText.hostsSilent(silent));
      const captured = await captureEvidence(op, build, all);
      if (captured.not) return captured.not;
      if (await isWorkedOn(op.db, work.plan_id)) return wait(10, restoreText.waitsForBackup);
      await op.say(restoreText.willRestore(work.label, work.repositoryName, work.target_at));
      return go('stop');
    }),

    stop: step(restoreText.stepStop, async (op) => {
      const { build, lead, others } = await look(op);
      // The leader last: nobody is left to take over from it.
      for (const members of [others, [lead]]) {
        const stopped = await askMembers(
          op,
          members.map((m) => controlOrder(build, m, 'stop')),
          restoreText.waitsForStop,
        );
        if (stopped.not) return stopped.not;
      }
      return go('aside');
    }),

    aside: step(restoreText.stepAside, async (op) => {
      const { build, all, work, lead } = await look(op);
      const moved = await askMembers(
        op,
        all.map((member) => ({
          member,
          kind: 'move-data' as const,
          key: `aside ${member.name}`,
          input: { from: dataDirectory(build.spec), to: work.aside! },
        })),
      );
      if (moved.not) return moved.not;
      const had = all.filter((_, i) => moved.tasks[i]?.output?.moved).map((m) => m.name);
      await op.remember({ moved: true, leadHadData: had.includes(lead.name) });
      return go('restore');
    }),

    restore: step(restoreText.stepRestore, async (op) => {
      const { work } = await look(op);
      return (await bringData(op, work)) ?? go('recover');
    }),

    recover: step(restoreText.stepRecover, async (op) => {
      const { work } = await look(op);
      // It is this cluster, so its new timeline goes into the archive like every other.
      return (await recoverStep(op, work, { archive: true })) ?? go('accounts');
    }),

    accounts: step(restoreText.stepAccounts, async (op) => {
      const { build, work } = await look(op);
      const not = await setPasswords(op, build, work);
      return not ?? (await stopRecovered(op, work, true)) ?? go('forget');
    }),

    forget: step(restoreText.stepForget, async (op) => {
      const { build } = await look(op);
      const voter = build.members.find((m) => m.hasEtcd)!;
      const asked = await askMembers(op, [
        {
          member: voter,
          kind: 'forget-cluster-state' as const,
          key: 'forget',
          input: { scope: build.spec.scope, clientPort: build.spec.ports.etcdClient },
        },
      ]);
      return asked.not ?? go('lead');
    }),

    lead: step(restoreText.stepLead, async (op) => {
      const { build, lead } = await look(op);
      const started = await askMembers(op, [controlOrder(build, lead, 'start', 'lead')]);
      if (started.not) return started.not;
      const up = await askMembers(op, [awaitOrder(build, lead, 'primary', [], 300, 'await lead')]);
      if (up.not) return up.not;
      await op.say(restoreText.timelineNow(up.tasks[0]?.output?.timeline ?? null));
      return go('follow');
    }),

    follow: step(restoreText.stepFollow, async (op) => {
      const { build, lead, others, all } = await look(op);
      const started = await askMembers(
        op,
        others.map((m) => controlOrder(build, m, 'start', `follow ${m.name}`)),
      );
      if (started.not) return started.not;
      const streams = awaitOrder(
        build,
        lead,
        'members-stream',
        all.map((m) => m.name),
        replicaSeconds,
        'await followers',
      );
      const up = await askMembers(op, [streams]);
      return up.not ?? go('backup');
    }),

    backup: step(restoreText.stepBackup, async (op) => {
      const { work } = await look(op);
      const until = keepUntil();
      await op.db
        .updateTable('fleet.restore')
        .set({ state: 'done', ended_at: new Date(), keep_until: until })
        .where('id', '=', work.id)
        .where('state', '=', 'running')
        .execute();
      await op.say(restoreText.keptAside(work.aside ?? '', until));
      await beginBackup(op, work.plan_id);
      return done;
    }),

    putBack: step(restoreText.stepPutBack, putBack, { hidden: true }),
    startAgain: step(
      restoreText.stepStartAgain,
      async (op) => {
        const { build, all, work } = await look(op);
        const started = await askMembers(
          op,
          all.map((m) => controlOrder(build, m, 'start', `again ${m.name}`)),
        );
        if (started.not) return started.not;
        await op.db
          .updateTable('fleet.restore')
          .set({ state: 'cancelled', ended_at: new Date(), aside: null })
          .where('id', '=', work.id)
          .execute();
        // Nothing to wait for where there was no data before.
        if (op.data['leadHadData'] !== false) {
          const names = all.map((m) => m.name);
          const back = await askMembers(op, [
            awaitOrder(build, all[0]!, 'members-stream', names, replicaSeconds, 'await again'),
          ]);
          if (back.not) return back.not;
        }
        await op.say(restoreText.broughtBack);
        return done;
      },
      { hidden: true },
    ),
  },
});

/** Ends what was begun on the host, and gives every server its data of before; one whose data was never moved keeps it. */
async function putBack(op: StepContext): Promise<StepResult> {
  const { build, work, lead, all } = await look(op);
  const stopped = await askMembers(
    op,
    all.map((m) => controlOrder(build, m, 'stop', `stop for before ${m.name}`)),
  );
  if (stopped.not) return stopped.not;
  const ended = await stopRecovered(op, work, false);
  if (ended) return ended;
  const directory = dataDirectory(build.spec);
  if (op.data['leadHadData'] === false) {
    const removed = await askMembers(op, [
      { member: lead, kind: 'remove-data' as const, key: 'half restored', input: { directory } },
    ]);
    if (removed.not) return removed.not;
  }
  const back = await askMembers(
    op,
    all.map((member) => ({
      member,
      kind: 'move-data' as const,
      key: `back ${member.name}`,
      input: { from: work.aside!, to: directory, replace: true },
    })),
  );
  return back.not ?? go('startAgain');
}
