import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const badgePages: RouteConfigEntry[] = [
  route('badges', 'community/web/badges/badges.page.tsx'),
  route('badges/:slug', 'community/web/badges/badge.page.tsx'),
];
