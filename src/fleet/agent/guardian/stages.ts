import type { GuardianStage, GuardianThresholds } from '#src/fleet/contract/guardian.ts';

const MB = 1e6;
const GB = 1e9;

/**
 * Free bytes at which the guardian acts. From 16 GB on the steps are those that Ubicloud runs its fleet with; smaller disks
 * get shares of their size, since 2 GB may be most of them.
 */
export function thresholdsOf(sizeBytes: number): GuardianThresholds {
  const steps = (recover: number, readOnly: number) => ({ recover, readOnly });
  const of =
    sizeBytes <= 16 * GB
      ? steps(sizeBytes * 0.125, sizeBytes * 0.0625)
      : sizeBytes <= 64 * GB
        ? steps(2 * GB, GB)
        : sizeBytes <= 128 * GB
          ? steps(7 * GB, 5 * GB)
          : sizeBytes <= 512 * GB
            ? steps(10 * GB, 7 * GB)
            : steps(sizeBytes * 0.03, sizeBytes * 0.02);
  return {
    warnBytes: Math.round(Math.max(of.recover * 1.5, Math.min(sizeBytes * 0.15, 100 * GB))),
    releaseBytes: Math.round((of.recover + of.readOnly) / 2),
    readOnlyBytes: Math.round(of.readOnly),
    recoverBytes: Math.round(of.recover),
    floorBytes: Math.round(of.readOnly / 4),
  };
}

/** What is kept aside: a hundredth of the disk, at least 64 MB and at most 2 GB; nothing on a disk too small for it. */
export function reserveOf(sizeBytes: number): number {
  const bytes = Math.round(Math.min(2 * GB, Math.max(64 * MB, sizeBytes * 0.01)));
  return bytes * 20 > sizeBytes ? 0 : bytes;
}

/** The stage after a look. Going back takes more room than going forth did, so that nothing flutters at an edge. */
export function nextStage(
  before: GuardianStage,
  freeBytes: number,
  at: GuardianThresholds,
  said: { writesAllowed: boolean; confirmed: boolean } = { writesAllowed: false, confirmed: false },
): GuardianStage {
  const readOnlyAt = said.writesAllowed ? at.floorBytes : at.readOnlyBytes;
  const backAt = said.writesAllowed
    ? at.floorBytes * 1.5
    : said.confirmed
      ? at.readOnlyBytes * 1.1
      : at.recoverBytes;
  if (freeBytes < readOnlyAt) return 'read-only';
  if (before === 'read-only' && freeBytes < backAt) return 'read-only';
  if (freeBytes < at.releaseBytes) return 'reserve-released';
  if ((before === 'reserve-released' || before === 'read-only') && freeBytes < at.recoverBytes)
    return 'reserve-released';
  if (freeBytes < at.warnBytes) return 'warned';
  if (before !== 'calm' && freeBytes < at.warnBytes * 1.05) return 'warned';
  return 'calm';
}

/** One look at a disk: milliseconds since the epoch, and bytes in use. */
export type Sample = { at: number; used: number };

const hourMs = 3_600_000;
/** Samples closer together than this add nothing. */
export const sampleEveryMs = 60_000;
const keptMs = 7 * 24 * hourMs;

/** Adds a sample: one a minute for two hours, one an hour for a week. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at - last.at < sampleEveryMs) return [...samples];
  const kept: Sample[] = [];
  for (const one of [...samples, sample]) {
    if (sample.at - one.at > keptMs || one.at > sample.at) continue;
    const before = kept.at(-1);
    const isOld = sample.at - one.at > 2 * hourMs;
    if (isOld && before !== undefined && one.at - before.at < hourMs) continue;
    kept.push(one);
  }
  return kept;
}

/** Days until nothing is free, by the steepest of the lines through the last hour, day and week that were seen at least half; null when nothing grows. */
export function daysToFull(samples: readonly Sample[], freeBytes: number): number | null {
  const now = samples.at(-1)?.at ?? 0;
  const slopes = [hourMs, 24 * hourMs, keptMs].flatMap((windowMs) => {
    const seen = samples.filter((one) => now - one.at <= windowMs);
    const spanMs = now - (seen[0]?.at ?? now);
    return seen.length >= 5 && spanMs >= windowMs / 2 ? [bytesPerDay(seen)] : [];
  });
  const steepest = Math.max(0, ...slopes);
  // Less than a megabyte a day is noise.
  return steepest < MB ? null : Math.round((freeBytes / steepest) * 100) / 100;
}

function bytesPerDay(samples: readonly Sample[]): number {
  const n = samples.length;
  const meanAt = samples.reduce((sum, one) => sum + one.at, 0) / n;
  const meanUsed = samples.reduce((sum, one) => sum + one.used, 0) / n;
  let above = 0;
  let below = 0;
  for (const { at, used } of samples) {
    above += (at - meanAt) * (used - meanUsed);
    below += (at - meanAt) ** 2;
  }
  return below === 0 ? 0 : (above / below) * 24 * hourMs;
}
