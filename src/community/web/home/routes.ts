import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const homeRoutes: RouteConfigEntry[] = [route('community', 'community/web/home/home.page.tsx')];
