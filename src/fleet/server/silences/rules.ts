import type { Repeats } from '#src/fleet/contract/alerts.ts';
import { instantOf as wallInstant, offsetOf } from '#src/platform/contract/time-zone.ts';

/** A silence as its rules see it. */
export type SilenceRow = {
  id: string;
  reason: string;
  rule: string | null;
  hostId: string | null;
  clusterId: string | null;
  startsAt: Date;
  endsAt: Date | null;
  repeats: Repeats | null;
};
type Place = { rule: string; hostId: string | null; clusterId: string | null };

const minuteMs = 60_000;

/** The silence that covers an alert at a moment, if one does. */
export function silenceOf(silences: readonly SilenceRow[], alert: Place, now: Date): SilenceRow | undefined {
  return silences.find(
    (one) =>
      (one.rule === null || one.rule === alert.rule) &&
      (one.hostId === null || one.hostId === alert.hostId) &&
      (one.clusterId === null || one.clusterId === alert.clusterId) &&
      isActive(one, now),
  );
}

/** True while a silence holds: within its time, and for one that comes again within a window. */
export function isActive(silence: Pick<SilenceRow, 'startsAt' | 'endsAt' | 'repeats'>, now: Date): boolean {
  if (now < silence.startsAt || (silence.endsAt !== null && now >= silence.endsAt)) return false;
  return silence.repeats === null || isInWindow(silence.repeats, now);
}

/** True inside a window that began today or, passing midnight, yesterday, by the clocks of its time zone. */
export function isInWindow({ weekdays, from, minutes, timeZone }: Repeats, now: Date): boolean {
  const today = localDate(now, timeZone);
  return [0, 1].some((back) => {
    const day = new Date(Date.UTC(today.year, today.month - 1, today.day - back));
    if (!weekdays.includes(day.getUTCDay())) return false;
    const start = instantOf(
      { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() },
      from,
      timeZone,
    );
    return now >= start && now.getTime() < start.getTime() + minutes * minuteMs;
  });
}

export type LocalDate = { year: number; month: number; day: number };

/** The date on the wall at a moment. */
export function localDate(at: Date, timeZone: string): LocalDate {
  const wall = new Date(at.getTime() + offsetOf(at.getTime(), timeZone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** The moment at which the clocks of a time zone show a date and a time. */
export function instantOf(date: LocalDate, clock: string, timeZone: string): Date {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return new Date(wallInstant(Date.UTC(date.year, date.month - 1, date.day, hour, minute), timeZone));
}
