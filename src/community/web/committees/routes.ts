import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const committeePages: RouteConfigEntry[] = [
  route('committees', 'community/web/committees/committees.page.tsx'),
  route('committees/:slug', 'community/web/committees/committee.page.tsx'),
  route('committees/:slug/queue', 'community/web/committees/queue.page.tsx'),
];
