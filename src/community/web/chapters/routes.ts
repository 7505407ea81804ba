import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const chapterRoutes: RouteConfigEntry[] = [
  route('chapters', 'community/web/chapters/chapters.page.tsx'),
  route('chapters/new', 'community/web/chapters/new-chapter.page.tsx'),
  route('chapters/:slug', 'community/web/chapters/chapter.page.tsx'),
  route('chapters/:slug/edit', 'community/web/chapters/edit-chapter.page.tsx'),
];
