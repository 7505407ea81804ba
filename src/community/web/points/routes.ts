import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const pointPages: RouteConfigEntry[] = [
  route('points', 'community/web/points/points.page.tsx'),
  route('points/levels', 'community/web/points/levels.page.tsx'),
  route('points/rules', 'community/web/points/rules.page.tsx'),
];
