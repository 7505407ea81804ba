import { route, type RouteConfigEntry } from '@react-router/dev/routes';

/** Resources for search engines. */
export const sitemapResources: RouteConfigEntry[] = [
  route('robots.txt', 'community/web/sitemaps/robots.route.ts'),
  route('sitemap.xml', 'community/web/sitemaps/sitemap-index.route.ts'),
  route('sitemaps/:kind/:file', 'community/web/sitemaps/sitemap.route.ts'),
];
