import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { committeePath, meetingPath } from '#src/community/contract/addresses.ts';
import { type ListedMeeting, meetingStates } from '#src/community/contract/meetings.ts';
import type { PlanEntry } from '#src/community/contract/plan.ts';

const dayMs = 24 * 3600 * 1000;

/**
 * Entries of the plan and meetings as iCalendar (RFC 5545), each under a name that never changes, with the count of its
 * changes: a program that subscribed moves and cancels what was moved and cancelled here. Entries are for whole days, meetings
 * have their moment.
 */
export function writeCalendar(
  entries: readonly PlanEntry[],
  meetings: readonly ListedMeeting[],
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
  for (const { id, uid, title: summary, committee, startsAt, finishedAt, changedAt, state } of meetings)
    calendar.createEvent({
      id: `${uid}@elepherd`,
      sequence: meetingStates.indexOf(state),
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      start: new Date(startsAt),
      // How long it lasts is known only afterwards; without an end it is a moment.
      end: finishedAt !== null && finishedAt > startsAt ? new Date(finishedAt) : null,
      summary,
      description: committee.name,
      url: `${publicUrl}${meetingPath(id)}`,
      categories: [{ name: 'meeting' }],
      status: ICalEventStatus.CONFIRMED,
    });
  return calendar.toString();
}
