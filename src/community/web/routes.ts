import type { RouteConfigEntry } from '@react-router/dev/routes';
import { homeRoutes } from './home/routes.ts';

/** Pages of the community's public site: plain HTML that works without script. Each topic lists its own. */
export const siteRoutes: RouteConfigEntry[] = [...homeRoutes];

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [];
