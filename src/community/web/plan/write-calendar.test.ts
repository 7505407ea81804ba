import { expect, test } from 'vitest';
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
const linesOf = (entries: PlanEntry[]) => writeCalendar(entries, place).replaceAll('\r\n ', '').split('\r\n');

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
  const long = writeCalendar([{ ...entry, note: '很长的说明。'.repeat(200) }], place);
  for (const line of long.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});
