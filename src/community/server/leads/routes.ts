import { z } from '@hono/zod-openapi';
import { Lead, LeadsOf } from '#src/community/contract/downloads.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { eraseLead } from './erase-lead.ts';
import { exportLeads, listLeads } from './queries.ts';

export const leadRoutes = newRoutes();

leadRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{slug}',
    summary: 'Who gave their name for files of an organisation; for its managers',
    request: { params: LeadsOf, query: PageQuery },
    responses: { 200: json(page(Lead), 'The newest first') },
  }),
  async (c) => c.json(await listLeads(c.var.ctx, c.req.valid('param').slug, c.req.valid('query')), 200),
);

leadRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{slug}/csv',
    summary: 'The same as CSV',
    request: { params: LeadsOf },
    responses: {
      200: { description: 'A table', content: { 'text/csv': { schema: z.string() } } },
    },
  }),
  async (c) => {
    const { slug } = c.req.valid('param');
    return c.body(await exportLeads(c.var.ctx, slug), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="leads-${slug}.csv"`,
    });
  },
);

leadRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{slug}/{lead}',
    summary: 'Erase a lead; by managers of its organisation',
    request: { params: LeadsOf.extend({ lead: PostId }) },
    responses: { 204: empty('Erased') },
  }),
  async (c) => {
    const { slug, lead } = c.req.valid('param');
    await eraseLead(c.var.ctx, slug, lead);
    return c.body(null, 204);
  },
);
