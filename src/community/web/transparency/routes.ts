import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const transparencyPages: RouteConfigEntry[] = [
  route('transparency', 'community/web/transparency/transparency.page.tsx'),
];
