import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const seriesRoutes: RouteConfigEntry[] = [route('series/:id', 'community/web/series/series.page.tsx')];
