import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const mergeRoutes: RouteConfigEntry[] = [route('merges', 'community/web/merges/merges.page.tsx')];
