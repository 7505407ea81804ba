import type { RouteConfigEntry } from '@react-router/dev/routes';

/** Pages inside the console: signed in, interactive. */
export const consoleRoutes: RouteConfigEntry[] = [];

/** Pages for everybody: plain HTML that works without script. */
export const publicRoutes: RouteConfigEntry[] = [];
