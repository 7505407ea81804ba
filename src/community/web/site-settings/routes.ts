import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const siteSettingsPages: RouteConfigEntry[] = [
  route('settings/site', 'community/web/site-settings/site-settings.page.tsx'),
  route('settings/site/terms', 'community/web/site-settings/terms.page.tsx'),
  route('reputation', 'community/web/site-settings/reputation.page.tsx'),
];
