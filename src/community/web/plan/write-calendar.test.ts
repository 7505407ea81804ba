import { expect, test } from 'vitest';
import type { ListedMeeting } from '#src/community/contract/meetings.ts';
import type { PlanEntry } from '#src/community/contract/plan.ts';
import { writeCalendar } from './write-calendar.ts';

const entry: PlanEntry = {
  id: 1,
  uid: '5a0c2f0e-8f4e-4d5a-9a52-0f1c2d3e4f50',
  committee: { slug: 'media', name: 'Media' },
  kind: 'event',
  title: '全国峰会; with, signs\\ and\nlines',
  note: '',
  noteHtml: '',
  place: 'Hangzhou',
  plannedOn: '2026-05-01',
  plannedUntil: '2026-05-02',
  startsOn: '2026-06-01',
  endsOn: '2026-06-02',
  state: 'planned',
  closedOn: null,
  slipDays: 31,
  owner: null,
  sequence: 3,
  changedAt: '2026-03-01T10:00:00.000Z',
  moves: [],
  mayChange: false,
};
const place = { title: 'Plan', publicUrl: 'https://example.com' };
/** Lines as they were before they were folded. */
const linesOf = (entries: PlanEntry[], meetings: ListedMeeting[] = []) =>
  writeCalendar(entries, meetings, place).replaceAll('\r\n ', '').split('\r\n');

test('an entry is whole days under a lasting name, with the count of its changes', () => {
  const lines = linesOf([entry]);
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(lines).toContain('UID:5a0c2f0e-8f4e-4d5a-9a52-0f1c2d3e4f50@elepherd');
  expect(lines).toContain('SEQUENCE:3');
  expect(lines).toContain('DTSTART;VALUE=DATE:20260601');
  expect(lines).toContain('DTEND;VALUE=DATE:20260603');
  expect(lines).toContain('DTSTAMP:20260301T100000Z');
  expect(lines).toContain('STATUS:CONFIRMED');
  expect(lines).toContain('URL;VALUE=URI:https://example.com/committees/media');
  expect(lines).toContain('SUMMARY:全国峰会\\; with\\, signs\\\\ and\\nlines');
});

test('what was cancelled says so, and no line is longer than the format allows', () => {
  expect(linesOf([{ ...entry, state: 'cancelled' }])).toContain('STATUS:CANCELLED');
  const long = writeCalendar([{ ...entry, note: '很长的说明。'.repeat(200) }], [], place);
  for (const line of long.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

test('a meeting is a moment under a lasting name, and has an end once it is over', () => {
  const meeting: ListedMeeting = {
    id: 7,
    uid: '9c1f0e0a-4b1a-4c6e-8a57-1b2c3d4e5f60',
    committee: { slug: 'experts', name: 'Experts' },
    title: 'Spring meeting',
    startsAt: '2026-04-01T08:00:00.000Z',
    finishedAt: null,
    changedAt: '2026-03-01T10:00:00.000Z',
    state: 'available',
    forAll: false,
  };
  const called = linesOf([entry], [meeting]);
  expect(called.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
  expect(called).toContain('UID:9c1f0e0a-4b1a-4c6e-8a57-1b2c3d4e5f60@elepherd');
  expect(called).toContain('DTSTART:20260401T080000Z');
  expect(called).toContain('URL;VALUE=URI:https://example.com/meetings/7');
  expect(called.filter((line) => line.startsWith('DTEND:'))).toEqual([]);
  const over = linesOf([], [{ ...meeting, state: 'finished', finishedAt: '2026-04-01T09:30:00.000Z' }]);
  expect(over).toContain('UID:9c1f0e0a-4b1a-4c6e-8a57-1b2c3d4e5f60@elepherd');
  expect(over).toContain('SEQUENCE:2');
  expect(over).toContain('DTEND:20260401T093000Z');
});
