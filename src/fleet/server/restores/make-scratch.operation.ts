import { restoreText } from '#src/fleet/contract/restores.text.ts';
import {
  defineOperation,
  done,
  go,
  step,
  type StepContext,
  type StepResult,
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

const workOf = (op: StepContext) => getRestoreWork(op.db, op.subjectId);

/** Makes a server of its own from backups, on one host, reachable there only, for as long as was wished. It never archives. */
export const makeScratch = defineOperation('fleet.make-scratch', {
  title: restoreText.scratchTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: 24 * 3600,
  cancelStep: 'stop',
  steps: {
    tell: step(restoreText.stepInstall, async (op) => {
      const work = await workOf(op);
      return (await tellRepositories(op, bringingOf(work))) ?? go('restore');
    }),
    restore: step(
      restoreText.stepRestore,
      async (op) => (await bringData(op, await workOf(op))) ?? go('recover'),
    ),
    recover: step(restoreText.stepRecover, async (op) => {
      const work = await workOf(op);
      const lifetimeSeconds = work.lifetime_seconds ?? 3600;
      const not = await recoverStep(op, work, { archive: false, lifetimeSeconds });
      if (not) return not;
      const gone = await forgetRepositories(op, bringingOf(work));
      if (gone) return gone;
      await op.db
        .updateTable('fleet.restore')
        .set({
          state: 'done',
          ended_at: new Date(),
          keep_until: new Date(Date.now() + lifetimeSeconds * 1000),
        })
        .where('id', '=', work.id)
        .where('state', '=', 'running')
        .execute();
      await op.say(restoreText.scratchReady(work.directory, work.port ?? 0));
      return done;
    }),
    stop: step(restoreText.stepStopScratch, (op) => stopScratch(op), { hidden: true }),
    remove: step(restoreText.stepRemove, (op) => removeScratch(op, 'cancelled'), { hidden: true }),
  },
});

async function stopScratch(op: StepContext): Promise<StepResult> {
  const work = await workOf(op);
  const not = await stopRecovered(op, work, false);
  return not ?? (await forgetRepositories(op, bringingOf(work))) ?? go('remove');
}

async function removeScratch(op: StepContext, state: 'cancelled' | 'removed'): Promise<StepResult> {
  const work = await workOf(op);
  const not = await removeCopy(op, work);
  if (not) return not;
  await op.db
    .updateTable('fleet.restore')
    .set({ state, ended_at: new Date(), keep_until: null })
    .where('id', '=', work.id)
    .execute();
  await op.say(restoreText.cleaned);
  return done;
}

/** Removes what a restore keeps: a scratch server, or the data of before on every host of the cluster. */
export const cleanRestore = defineOperation('fleet.clean-restore', {
  title: restoreText.cleanTitle,
  permission: 'fleet.restore.start',
  deadlineSeconds: 6 * 3600,
  steps: {
    stop: step(restoreText.stepStopScratch, async (op) => {
      const work = await workOf(op);
      return work.kind === 'scratch' ? stopScratch(op) : go('remove');
    }),
    remove: step(restoreText.stepRemove, async (op) => {
      const work = await workOf(op);
      if (work.kind === 'scratch') return removeScratch(op, 'removed');
      const members = await op.db
        .selectFrom('fleet.member')
        .select('host_id')
        .where('cluster_id', '=', work.cluster_id)
        .where('kind', '=', 'server')
        .where('phase', '<>', 'gone')
        .execute();
      for (const { host_id } of members) {
        const not =
          work.aside === null ? undefined : await removeCopy(op, { host_id, directory: work.aside });
        if (not) return not;
      }
      await op.db
        .updateTable('fleet.restore')
        .set({ aside: null, keep_until: null })
        .where('id', '=', work.id)
        .execute();
      await op.say(restoreText.cleaned);
      return done;
    }),
  },
});
