import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const tagRoutes: RouteConfigEntry[] = [
  route('tags', 'community/web/tags/tags.page.tsx'),
  route('tags/:name', 'community/web/tags/tag.page.tsx'),
  route('tags/:name/weight', 'community/web/tags/weight.page.tsx'),
];
