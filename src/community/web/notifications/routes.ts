import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const notificationPages: RouteConfigEntry[] = [
  route('notifications', 'community/web/notifications/notifications.page.tsx'),
  route('notifications/unsubscribe', 'community/web/notifications/unsubscribe.page.tsx'),
  route('settings/community/notifications', 'community/web/notifications/settings.page.tsx'),
];
