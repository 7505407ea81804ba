import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const searchRoutes: RouteConfigEntry[] = [route('search', 'community/web/search/search.page.tsx')];
