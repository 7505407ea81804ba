import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { BackupPlan, Repository } from '#src/fleet/contract/backups.ts';
import type { Drill } from '#src/fleet/contract/drills.ts';
import type { RestoreWindow } from '#src/fleet/contract/restores.ts';
import type { Text } from '#src/platform/contract/i18n.ts';
import { backupEverySeconds } from './schedule.ts';
import { dayMs } from './time-scale.ts';

/** What is looked at of a drill. */
export type DrillSeen = Pick<Drill, 'state' | 'recoverySeconds' | 'createdAt'>;

/** A cluster as it is protected, as far as it is known. */
export type Known = {
  plan: BackupPlan | null;
  window: RestoreWindow | null;
  /** The newest first; null where nobody asked. */
  drills: readonly DrillSeen[] | null;
};

export type Standing = 'good' | 'warn' | 'bad' | 'none' | 'enabling' | 'disabling';
export type Wrong = { tone: 'warn' | 'bad'; words: Text };
export type Protection = {
  standing: Standing;
  wrongs: Wrong[];
  /** What would be lost at most with the whole cluster; null when nobody can say. */
  lossSeconds: number | null;
};

const monthMs = 31 * dayMs;

/** Gaps in the days for which any second was promised; what lies between the whole backups kept beyond them is no fault. */
export function realGaps(window: RestoreWindow, keptDays: number, nowMs: number): RestoreWindow['gaps'] {
  return window.gaps.filter((gap) => Date.parse(gap.to) > nowMs - keptDays * dayMs);
}

/** What would be lost at most, were all hosts of the cluster gone now: what waits, and what no finished file holds yet. */
export function lossSecondsOf(plan: BackupPlan): number | null {
  const { lagSeconds } = plan.archive;
  return lagSeconds === null ? null : lagSeconds + plan.policy.archiveTimeoutSeconds;
}

/** How a cluster is protected, and everything that is wrong with it, the worst first. */
export function protectionOf({ plan, window, drills }: Known, nowMs: number): Protection {
  if (!plan || plan.state === 'off') return { standing: 'none', wrongs: [], lossSeconds: null };
  const lossSeconds = lossSecondsOf(plan);
  if (plan.state !== 'on') return { standing: plan.state, wrongs: [], lossSeconds };
  const wrongs = [...wrongsOfPlan(plan, window, nowMs), ...wrongsOfDrills(drills, nowMs)].toSorted(
    (a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'),
  );
  return { standing: wrongs[0]?.tone ?? 'good', wrongs, lossSeconds };
}

function wrongsOfPlan(plan: BackupPlan, window: RestoreWindow | null, nowMs: number): Wrong[] {
  const { archive, policy, repositories, backupAgeSeconds } = plan;
  const every = backupEverySeconds(policy.schedule);
  const gaps = window ? realGaps(window, policy.retention.days, nowMs).length : 0;
  // A backup takes its time: half as long again is no reason to worry yet.
  const isStale = backupAgeSeconds !== null && backupAgeSeconds > every * 1.5;
  return [
    ...(backupAgeSeconds === null ? [bad(text.wrongNoBackup)] : []),
    ...(archive.failing ? [bad(text.wrongArchive(archive.failing))] : []),
    ...repositories.flatMap((one) => (one.problem ? [bad(text.wrongRepository(one.name, one.problem))] : [])),
    ...(isStale ? [warn(text.wrongStale)] : []),
    ...(archive.seenAt === null ? [warn(text.wrongArchiveUnseen)] : []),
    ...(gaps > 0 ? [warn(text.wrongGaps(gaps))] : []),
  ];
}

function wrongsOfDrills(drills: Known['drills'], nowMs: number): Wrong[] {
  if (drills === null) return [];
  const judged = drills.find(({ state }) => state === 'passed' || state === 'backup-bad');
  const last = drills.find(({ state }) => state !== 'running' && state !== 'cancelled');
  if (judged?.state === 'backup-bad') return [bad(text.wrongDrillBad)];
  if (last?.state === 'infrastructure-failed') return [warn(text.wrongDrillInfrastructure)];
  if (!judged) return [warn(text.wrongDrillNever)];
  return nowMs - Date.parse(judged.createdAt) > monthMs ? [warn(text.wrongDrillOld)] : [];
}

const bad = (words: Text): Wrong => ({ tone: 'bad', words });
const warn = (words: Text): Wrong => ({ tone: 'warn', words });

/** Repositories whose passphrase nobody has ever seen, though backups lie in them. */
export const keysNotKept = (repositories: readonly Repository[]): Repository[] =>
  repositories.filter(({ keyShownAt, clusters }) => keyShownAt === null && clusters.length > 0);
