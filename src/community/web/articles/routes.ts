import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const articleRoutes: RouteConfigEntry[] = [
  route('articles', 'community/web/articles/articles.page.tsx'),
  route('articles/write', 'community/web/articles/write-article.page.tsx'),
  route('articles/:id/edit', 'community/web/articles/edit-article.page.tsx'),
  route('articles/:id/:slug?', 'community/web/articles/article.page.tsx'),
];
