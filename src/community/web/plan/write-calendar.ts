import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { committeePath } from '#src/community/contract/addresses.ts';
import type { PlanEntry } from '#src/community/contract/plan.ts';

const dayMs = 24 * 3600 * 1000;

/**
 * Entries of the plan as iCalendar (RFC 5545), each for whole days under a name that never changes, with the count of its
 * changes: a program that subscribed moves and cancels what was moved and cancelled here.
 */
export function writeCalendar(
  entries: readonly PlanEntry[],
  { title, publicUrl }: { title: string; publicUrl: string },
): string {
  const calendar = ical({
    name: title,
    prodId: { company: 'Elepherd', product: 'Community', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  });
  for (const entry of entries) {
    const { uid, sequence, startsOn, endsOn, state, changedAt } = entry;
    calendar.createEvent({
      id: `${uid}@elepherd`,
      sequence,
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      allDay: true,
      start: new Date(startsOn),
      // The day after the last one, as the format wants it.
      end: new Date(Date.parse(endsOn) + dayMs),
      summary: entry.title,
      description: entry.note === '' ? null : entry.note,
      location: entry.place === '' ? null : entry.place,
      url: `${publicUrl}${committeePath(entry.committee.slug)}`,
      categories: [{ name: entry.kind }],
      status: state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
