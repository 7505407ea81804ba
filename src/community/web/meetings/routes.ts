import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const meetingPages: RouteConfigEntry[] = [
  route('meetings', 'community/web/meetings/meetings.page.tsx'),
  route('meetings/:meeting', 'community/web/meetings/meeting.page.tsx'),
];

export const meetingResources: RouteConfigEntry[] = [
  route('meetings/:meeting/calendar.ics', 'community/web/meetings/calendar.route.ts', {
    id: 'meeting-calendar',
  }),
  route('meetings/:meeting/record.md', 'community/web/meetings/record.route.ts', { id: 'meeting-record' }),
];
