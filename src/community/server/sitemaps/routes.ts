import { SitemapIndex, SitemapQuery, SitemapSlice } from '#src/community/contract/sitemaps.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { listSitemaps, sliceSitemap } from './queries.ts';

export const sitemapRoutes = newRoutes();

sitemapRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'The parts of the map of the site that search engines read',
    responses: { 200: json(SitemapIndex, 'The parts') },
  }),
  async (c) => c.json({ parts: await listSitemaps(c.var.ctx) }, 200),
);

sitemapRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/slice',
    summary: 'Public addresses of one part of the map, some at a time',
    request: { query: SitemapQuery },
    responses: { 200: json(SitemapSlice, 'The addresses') },
  }),
  async (c) => c.json(await sliceSitemap(c.var.ctx, c.req.valid('query')), 200),
);
