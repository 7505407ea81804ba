import type { DrillEvidence, DrillResults } from '#src/fleet/contract/drills.ts';
import { drillText } from '#src/fleet/contract/drills.text.ts';
import type { RepositoryPlace } from '#src/fleet/contract/backups.ts';
import { addressOf } from '#src/fleet/server/repositories/rules.ts';
import {
  copyData,
  forgetRepositories,
  removeCopy,
  replayData,
  stopRecovered,
  tellRepositories,
  type Bringing,
} from '#src/fleet/server/restores/bring-data.ts';
import { readTime, scratchPort } from '#src/fleet/server/restores/rules.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import {
  defineOperation,
  done,
  go,
  step,
  type StepContext,
  type StepResult,
} from '#src/platform/server/operations/define-operation.ts';
import { askDrillHost, compareCopy, learn } from './compare-copy.ts';
import { getDrillWork, type DrillWork } from './queries.ts';
import { signEvidence } from './sign-evidence.ts';
import { judge, type Observed } from './verdict.rules.ts';

const awayMs = 10 * 60_000;
const checkSeconds = 24 * 3600;

const bringingOf = (work: DrillWork): Bringing => ({
  ...work,
  needsBytes: Number(work.needs_bytes),
  target: work.target_at,
  isCopy: true,
});

/** What kept the drill from going on leads to the judgement, never to a failed operation: that would leave a copy behind. */
async function goOn(op: StepContext, work: DrillWork, not: StepResult, next = 'judge'): Promise<StepResult> {
  const isAway = !work.hostConnected && Date.now() - op.stepStartedAt.getTime() > awayMs;
  const trouble: Text | undefined =
    not.then === 'fail' ? not.reason : isAway ? drillText.hostAway(work.hostName) : undefined;
  if (!trouble) return not;
  await op.remember({ trouble });
  return go(next);
}

/** Restores a backup only to prove that it can be: judges it, signs what was seen, and removes every trace. */
export const runDrill = defineOperation('fleet.run-drill', {
  title: drillText.title,
  permission: 'fleet.drill.run',
  deadlineSeconds: 24 * 3600,
  cancelStep: 'stop',
  steps: {
    prepare: step(drillText.stepPrepare, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const not = await tellRepositories(op, bringingOf(work));
      return not ? goOn(op, work, not) : go('restore');
    }),

    restore: step(drillText.stepRestore, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const { output, not } = await copyData(op, bringingOf(work));
      if (not) return goOn(op, work, not);
      await op.remember({ restore: { ended: output.ended, code: output.code, words: output.words } });
      if (output.ended === 'refused') return go('judge');
      await learn(op, { bytes: output.bytes, restoreSeconds: output.seconds });
      return go('recover');
    }),

    recover: step(drillText.stepRecover, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const { output, not } = await replayData(op, bringingOf(work), { archive: false });
      if (not) return goOn(op, work, not);
      await op.remember({ recovery: { ended: output.ended, code: output.code, words: output.words } });
      if (output.ended === 'refused') return go('judge');
      await learn(op, {
        replaySeconds: output.seconds,
        reachedAt: readTime(output.lastCommitAt)?.toISOString() ?? null,
        lsn: output.lsn,
      });
      return go('compare');
    }),

    compare: step(drillText.stepCompare, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const not = await compareCopy(op, work);
      return not ? goOn(op, work, not) : go('pages');
    }),

    pages: step(drillText.stepPages, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const task = await askDrillHost(op, work, 'check-recovered', 'pages', {
        pgVersion: work.pgVersion,
        directory: work.directory,
        port: scratchPort,
        jobs: 2,
        gentle: work.gentle,
        timeoutSeconds: checkSeconds,
      });
      if (task.not) return goOn(op, work, task.not);
      const { ended, code, words, absent, seconds } = task.output;
      await op.remember({ pages: { ended, code, words, absent } });
      await learn(op, {
        pagesSound: absent ? null : ended === 'done' ? true : code === 2 ? false : null,
        pagesSeconds: seconds,
      });
      return go('judge');
    }),

    judge: step(drillText.stepJudge, judgeDrill),

    stop: step(drillText.stepStop, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const not = (await stopRecovered(op, work, false)) ?? (await forgetRepositories(op, bringingOf(work)));
      return not ?? go('remove');
    }),

    remove: step(drillText.stepRemove, async (op) => {
      const work = await getDrillWork(op.db, op.subjectId);
      const not = await removeCopy(op, work);
      if (not) return not;
      await op.db
        .updateTable('fleet.drill')
        .set({ state: 'cancelled', ended_at: new Date() })
        .where('id', '=', work.id)
        .where('state', '=', 'running')
        .execute();
      return done;
    }),
  },
});

/** Writes the judgement down with its signed evidence. Judged once: running again changes nothing. */
async function judgeDrill(op: StepContext): Promise<StepResult> {
  const work = await getDrillWork(op.db, op.subjectId);
  if (work.state !== 'running') return go('stop');
  const results = { ...(work.results as DrillResults), ...(op.data['results'] as DrillResults | undefined) };
  const seen = op.data as Partial<Observed>;
  const verdict = judge({
    trouble: seen.trouble ?? null,
    restore: seen.restore ?? null,
    recovery: seen.recovery ?? null,
    pages: seen.pages ?? null,
    marks: results.marks ?? null,
    gone: results.gone ?? [],
    databases: results.databases ?? [],
  });
  const { restoreSeconds, replaySeconds } = results;
  const recoverySeconds =
    restoreSeconds !== undefined && replaySeconds !== undefined ? restoreSeconds + replaySeconds : null;
  const ended = new Date();
  const { system_id: systemId } = await op.db
    .selectFrom('fleet.backup')
    .select('system_id')
    .where('plan_id', '=', work.plan_id)
    .where('label', '=', work.label)
    .executeTakeFirst()
    .then((row) => row ?? { system_id: '' });
  const evidence: DrillEvidence = {
    form: 'elepherd drill 1',
    id: work.id,
    cluster: { name: work.clusterName, scope: work.scope, pgVersion: work.pgVersion, systemId },
    backup: {
      label: work.label,
      repository: work.repositoryName,
      address: addressOf(work.place as unknown as RepositoryPlace),
      keyFingerprint: work.keyFingerprint,
    },
    host: work.hostName,
    at: work.target_at?.toISOString() ?? null,
    began: work.created_at.toISOString(),
    ended: ended.toISOString(),
    startedBy: work.started_by,
    planned: work.planned,
    verdict: verdict.state,
    reason: verdict.reason,
    recoverySeconds,
    lossSeconds: work.loss_seconds,
    results,
  };
  await op.db
    .updateTable('fleet.drill')
    .set({
      state: verdict.state,
      reason: verdict.reason && JSON.stringify(verdict.reason),
      results: JSON.stringify(results),
      recovery_seconds: recoverySeconds,
      evidence: JSON.stringify(evidence),
      signature: await signEvidence(op.db, evidence),
      ended_at: ended,
    })
    .where('id', '=', work.id)
    .where('state', '=', 'running')
    .execute();
  const figure = (value: number | null) => (value === null ? '?' : value.toFixed(1));
  await op.say(
    verdict.reason ?? drillText.passedSay(figure(recoverySeconds), figure(work.loss_seconds)),
    verdict.state === 'passed' ? 'info' : 'error',
  );
  return go('stop');
}
