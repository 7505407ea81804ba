import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const memberRoutes: RouteConfigEntry[] = [
  route('members', 'community/web/members/members.page.tsx'),
  route('members/:handle', 'community/web/members/member.page.tsx'),
];
