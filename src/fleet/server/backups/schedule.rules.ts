import { parseCronItem } from 'graphile-worker';
import type { BackupSchedule, BackupType } from '#src/fleet/contract/backups.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A line such as 29 February comes at least once in this many days. */
const horizonDays = 366 * 4 + 1;

/** Milliseconds by which clocks in a zone are ahead of UTC at a moment. */
function aheadMs(timeZone: string, atMs: number): number {
  const parts = new Intl.DateTimeFormat('en-u-hc-h23', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const get = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const wall = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'));
  return wall - Math.floor(atMs / 1000) * 1000;
}

/**
 * The first moment after `after` at which a cron line comes, by the clocks of a time zone; undefined when it never does. A
 * time that the change to summer time skips comes that much later; one that exists twice comes once.
 */
export function nextRun(cron: string, timeZone: string, after: Date): Date | undefined {
  const { match } = parseCronItem({ task: 'backup', match: cron });
  const afterWall = after.getTime() + aheadMs(timeZone, after.getTime());
  const first = Math.floor(afterWall / minuteMs) * minuteMs + minuteMs;
  for (
    let dayStart = Math.floor(first / dayMs) * dayMs, day = 0;
    day < horizonDays;
    day++, dayStart += dayMs
  ) {
    const date = new Date(dayStart);
    const digest = { date: date.getUTCDate(), month: date.getUTCMonth() + 1, dow: date.getUTCDay() };
    for (let wall = Math.max(first, dayStart); wall < dayStart + dayMs; wall += minuteMs) {
      const minutes = (wall - dayStart) / minuteMs;
      if (!match({ ...digest, hour: Math.floor(minutes / 60), min: minutes % 60 })) continue;
      const guess = wall - aheadMs(timeZone, wall);
      const at = wall - aheadMs(timeZone, guess);
      if (at > after.getTime()) return new Date(at);
    }
  }
  return undefined;
}

/** The type that is due since the schedule was last looked at: the greatest when several are; undefined when none is. */
export function dueBackup(schedule: BackupSchedule, considered: Date, now: Date): BackupType | undefined {
  return (['full', 'diff', 'incr'] as const).find((type) => {
    const cron = schedule[type];
    const next = cron === null ? undefined : nextRun(cron, schedule.timeZone, considered);
    return next !== undefined && next <= now;
  });
}

/** True when a line comes at all: `0 0 31 2 *` is well formed and never does. */
export function everComes(cron: string, timeZone: string): boolean {
  try {
    return nextRun(cron, timeZone, new Date()) !== undefined;
  } catch {
    return false;
  }
}
