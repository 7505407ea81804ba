import { backupPageText as text } from '#src/fleet/contract/backup-pages.text.ts';
import type { Backup, BackupSchedule } from '#src/fleet/contract/backups.ts';
import type { Text } from '#src/platform/contract/i18n.ts';

/** The word for a type of backup. */
export const typeWords: Record<Backup['type'], Text> = { full: text.full, diff: text.diff, incr: text.incr };

const daySeconds = 86_400;

/** A cron line as people say it, where it is one that people say; else as it stands. */
export function cronWords(cron: string): Text {
  const [minute = '', hour = '', monthDay = '', month = '', weekDay = ''] = cron.trim().split(/\s+/);
  const everyHours = /^\*(?:\/(\d+))?$/.exec(hour);
  const anyDay = monthDay === '*' && month === '*' && weekDay === '*';
  if (/^\d+$/.test(minute) && everyHours && anyDay) return text.everyHours(Number(everyHours[1] ?? 1));
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour) || month !== '*') return text.cronAsIs(cron);
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (anyDay) return text.everyDay(time);
  if (monthDay === '*') {
    const days = numbersOf(weekDay, 0, 7);
    return days ? text.everyWeekday(weekDaysIn(days), time) : text.cronAsIs(cron);
  }
  return weekDay === '*' && /^[\d,]+$/.test(monthDay)
    ? text.everyMonthDay(monthDay.replaceAll(',', ', '), time)
    : text.cronAsIs(cron);
}

/** About how many seconds lie between two runs of a cron line at most: for telling what is late, not for running it. */
export function longestWaitSeconds(cron: string): number {
  const [, hour = '', monthDay = '', month = '', weekDay = ''] = cron.trim().split(/\s+/);
  if (month !== '*') return 366 * daySeconds;
  if (monthDay !== '*') return 31 * daySeconds;
  const days = numbersOf(weekDay, 0, 7)?.map((day) => day % 7);
  if (days && days.length > 0 && weekDay !== '*') {
    const sorted = [...new Set(days)].toSorted((a, b) => a - b);
    return Math.max(...sorted.map((day, i) => (sorted[i + 1] ?? sorted[0]! + 7) - day)) * daySeconds;
  }
  const hours = numbersOf(hour, 0, 23) ?? [0];
  return Math.max(...hours.map((one, i) => (hours[i + 1] ?? hours[0]! + 24) - one)) * 3600;
}

/** The longest time a schedule leaves between two backups of any type. */
export function backupEverySeconds(schedule: BackupSchedule): number {
  const lines = [schedule.full, schedule.diff, schedule.incr].filter((line) => line !== null);
  // "Sundays" and "Mondays to Saturdays" together are every day.
  const week = lines.map((line) => line.trim().split(/\s+/));
  const isWeekly = week.every(([, , monthDay, month]) => monthDay === '*' && month === '*');
  if (isWeekly) {
    const days = week.flatMap(
      ([, , , , weekDay = '*']) => numbersOf(weekDay, 0, 7)?.map((day) => day % 7) ?? [],
    );
    const together = [...new Set(days)].toSorted((a, b) => a - b);
    if (together.length > 0 && together.length < 7) {
      const waits = together.map((day, i) => (together[i + 1] ?? together[0]! + 7) - day);
      return Math.max(...waits) * daySeconds;
    }
    if (together.length === 7) return Math.min(daySeconds, ...lines.map(longestWaitSeconds));
  }
  return Math.min(...lines.map(longestWaitSeconds));
}

function numbersOf(field: string, least: number, most: number): number[] | null {
  const all: number[] = [];
  for (const part of field.split(',')) {
    const found = /^(\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!found) return null;
    const from = found[2] === undefined ? least : Number(found[2]);
    const to = found[1] === '*' ? most : Number(found[3] ?? (found[4] ? most : from));
    for (let one = from; one <= to; one += Number(found[4] ?? 1)) all.push(one);
  }
  return all;
}

const order = [1, 2, 3, 4, 5, 6, 0];
const dayTexts = [
  text.sunday,
  text.monday,
  text.tuesday,
  text.wednesday,
  text.thursday,
  text.friday,
  text.saturday,
] as const;

function weekDaysIn(days: readonly number[]): Text {
  const mine = order.filter((day) => days.some((one) => one % 7 === day));
  const first = mine[0] ?? 0;
  const last = mine.at(-1) ?? 0;
  const isRun = mine.length > 2 && mine.every((day, i) => order.indexOf(day) === order.indexOf(first) + i);
  if (isRun) return text.daysFromTo(dayTexts[first] ?? text.sunday, dayTexts[last] ?? text.sunday);
  return text.daysListed(mine.map((day) => dayTexts[day] ?? text.sunday));
}
