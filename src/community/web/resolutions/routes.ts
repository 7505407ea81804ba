import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const resolutionPages: RouteConfigEntry[] = [
  route('decisions', 'community/web/resolutions/resolutions.page.tsx'),
  route('decisions/:resolution', 'community/web/resolutions/resolution.page.tsx'),
];
