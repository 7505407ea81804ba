import type { BackupSchedule, BackupType } from '#src/fleet/contract/backups.ts';
import { offsetOf } from '#src/platform/contract/time-zone.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A line such as 29 February comes at least once in this many days. */
const horizonDays = 366 * 4 + 1;

type WallDay = { date: number; month: number; dow: number };
const fields = [
  ['min', 0, 59],
  ['hour', 0, 23],
  ['date', 1, 31],
  ['month', 1, 12],
  ['dow', 0, 7],
] as const;

/** The values that one part of a cron line names; throws for a part that names none. */
function valuesOf(part: string, low: number, high: number): Set<number> {
  const values = new Set<number>();
  for (const piece of part.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(piece);
    const [, from, to, step] = match ?? [];
    const first = from === undefined ? low : Number(from);
    const last = from === undefined ? high : Number(to ?? (step === undefined ? from : high));
    if (!match || first < low || last > high || first > last || step === '0')
      throw new Error(`"${piece}" is no part of a schedule`);
    for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

/** Which days and which minutes of a day fit a cron line. As in cron itself, a day fits by its date or its weekday where both are given. */
function matcherOf(cron: string): {
  day: (at: WallDay) => boolean;
  minute: (ofDay: number) => boolean;
} {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== fields.length) throw new Error(`"${cron}" has not five parts`);
  const [min, hour, date, month, dow] = fields.map(([, low, high], i) => valuesOf(parts[i]!, low, high));
  if (dow!.has(7)) dow!.add(0);
  const isEitherDay = parts[2] !== '*' && parts[4] !== '*';
  return {
    day(at) {
      const [byDate, byWeekday] = [date!.has(at.date), dow!.has(at.dow)];
      return month!.has(at.month) && (isEitherDay ? byDate || byWeekday : byDate && byWeekday);
    },
    minute: (ofDay) => hour!.has(Math.floor(ofDay / 60)) && min!.has(ofDay % 60),
  };
}

/**
 * The first moment after `after` at which a cron line comes, by the clocks of a time zone; undefined when it never does. A
 * time that the change to summer time skips comes that much later; one that exists twice comes once.
 */
export function nextRun(cron: string, timeZone: string, after: Date): Date | undefined {
  const fits = matcherOf(cron);
  const afterWall = after.getTime() + offsetOf(after.getTime(), timeZone);
  const first = Math.floor(afterWall / minuteMs) * minuteMs + minuteMs;
  for (
    let dayStart = Math.floor(first / dayMs) * dayMs, day = 0;
    day < horizonDays;
    day++, dayStart += dayMs
  ) {
    const date = new Date(dayStart);
    if (!fits.day({ date: date.getUTCDate(), month: date.getUTCMonth() + 1, dow: date.getUTCDay() }))
      continue;
    for (let wall = Math.max(first, dayStart); wall < dayStart + dayMs; wall += minuteMs) {
      if (!fits.minute((wall - dayStart) / minuteMs)) continue;
      const guess = wall - offsetOf(wall, timeZone);
      const at = wall - offsetOf(guess, timeZone);
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
