import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const areaPages: RouteConfigEntry[] = [route('areas', 'community/web/areas/areas.page.tsx')];
