import type { BackupRetention, BackupType } from '#src/fleet/contract/backups.ts';

/** A backup as retention sees it. */
export type KeptBackup = { label: string; type: BackupType; prior: string | null; endedAt: Date };

const dayMs = 24 * 3600 * 1000;

/** Monday of its week and first of its month, in UTC. */
const weekOf = (at: Date) => Math.floor((at.getTime() / dayMs + 3) / 7);
const monthOf = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();

/**
 * Which backups of one repository go, and after how many of the newest full ones all WAL stays. Kept are: everything that
 * recovery to any second of the last `days` needs; of each of the last `weeks` and `months` before, the first full backup,
 * alone. The newest full backup always stays. What depends on a backup that goes, goes with it and is not named.
 */
export function expiry(
  backups: readonly KeptBackup[],
  retention: BackupRetention,
  now: Date,
): { remove: string[]; archiveFulls: number } {
  const fulls = backups
    .filter((b) => b.type === 'full')
    .toSorted((a, b) => b.endedAt.getTime() - a.endedAt.getTime());
  const windowStart = now.getTime() - retention.days * dayMs;
  // The first that is older than the window is where recovery to the window's first second begins.
  const oldestInWindow = fulls.findIndex((b) => b.endedAt.getTime() <= windowStart);
  const inWindow = oldestInWindow === -1 ? fulls : fulls.slice(0, oldestInWindow + 1);
  const older = fulls.slice(inWindow.length).toReversed();
  const keptAlone = new Set<string>();
  const keepFirstOfEach = (periodOf: (at: Date) => number, count: number) => {
    const oldest = periodOf(now) - count;
    const seen = new Set<number>();
    for (const backup of older) {
      const period = periodOf(backup.endedAt);
      if (period <= oldest || seen.has(period)) continue;
      seen.add(period);
      keptAlone.add(backup.label);
    }
  };
  keepFirstOfEach(weekOf, retention.weeks);
  keepFirstOfEach(monthOf, retention.months);
  const windowLabels = new Set(inWindow.map((b) => b.label));
  const fullOf = (label: string) => label.slice(0, label.indexOf('F') + 1);
  const goes = (b: KeptBackup) =>
    !windowLabels.has(fullOf(b.label)) && !(b.type === 'full' && keptAlone.has(b.label));
  const going = new Set(backups.filter(goes).map((b) => b.label));
  return {
    remove: backups
      .filter((b) => going.has(b.label) && !(b.prior !== null && going.has(b.prior)))
      .map((b) => b.label)
      .toSorted(),
    archiveFulls: Math.max(1, inWindow.length),
  };
}
