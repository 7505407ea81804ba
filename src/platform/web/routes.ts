import { type RouteConfigEntry, index, route } from '@react-router/dev/routes';

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [
  index('platform/web/overview/overview.page.tsx'),
  route('operations', 'platform/web/operations/operations.page.tsx'),
  route('operations/:id', 'platform/web/operations/operation.page.tsx'),
  route('outbox', 'platform/web/outbox/outbox.page.tsx'),
  route('outbox/:id', 'platform/web/outbox/mail.page.tsx'),
];

/** Pages for everybody: plain HTML that works without script. */
export const publicRoutes: RouteConfigEntry[] = [];

/** Addresses that answer without a page. */
export const plainRoutes: RouteConfigEntry[] = [
  route('locale', 'platform/web/preferences/locale.route.ts'),
  route('theme', 'platform/web/preferences/theme.route.ts'),
];
