import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const mvpPages: RouteConfigEntry[] = [
  route('mvp', 'community/web/mvp/archive.page.tsx'),
  route('mvp/:round', 'community/web/mvp/round.page.tsx'),
];
