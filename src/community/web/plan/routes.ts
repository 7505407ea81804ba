import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const planPages: RouteConfigEntry[] = [route('plan', 'community/web/plan/plan.page.tsx')];

export const planResources: RouteConfigEntry[] = [
  route('plan.ics', 'community/web/plan/calendar.route.ts', { id: 'calendar' }),
  route('committees/:slug/calendar.ics', 'community/web/plan/calendar.route.ts', { id: 'calendar-of' }),
];
