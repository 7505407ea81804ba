import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const expertRoutes: RouteConfigEntry[] = [
  route('experts', 'community/web/experts/experts.page.tsx'),
  route('experts/apply', 'community/web/experts/apply.page.tsx'),
  route('experts/applications', 'community/web/experts/applications.page.tsx'),
  route('experts/:handle', 'community/web/experts/expert.page.tsx'),
];
