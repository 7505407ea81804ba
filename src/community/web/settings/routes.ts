import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const settingsRoutes: RouteConfigEntry[] = [
  route('settings/community', 'community/web/settings/profile.page.tsx'),
  route('settings/community/following', 'community/web/settings/following.page.tsx'),
  route('settings/community/privacy', 'community/web/settings/privacy.page.tsx'),
  route('settings/community/staff', 'community/web/settings/staff.page.tsx'),
];
