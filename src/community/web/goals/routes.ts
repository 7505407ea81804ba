import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const goalPages: RouteConfigEntry[] = [route('goals', 'community/web/goals/goals.page.tsx')];
