import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const downloadPages: RouteConfigEntry[] = [
  route('downloads/:article', 'community/web/downloads/download.page.tsx'),
  route('organisations/:slug/leads', 'community/web/downloads/leads.page.tsx'),
];
