import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const revisionRoutes: RouteConfigEntry[] = [
  route('posts/:id/history', 'community/web/revisions/history.page.tsx'),
  route('edits/:id', 'community/web/revisions/edit.page.tsx', { id: 'suggested-edit' }),
];
