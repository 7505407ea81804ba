import { z } from 'zod';
import {
  AnnotationQuery,
  Annotations,
  PanelData,
  PanelName,
  PanelQuery,
  ScrapeQuery,
  StatementsQuery,
  StatementUses,
  TablesQuery,
  TableUses,
} from '#src/fleet/contract/metrics-panels.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getPanel, listAnnotations, listStatements, listTables, scrapeFigures } from './queries.ts';

export const metricsRoutes = newRoutes();

metricsRoutes.openapi(
  route('fleet.metrics.read', {
    method: 'get',
    path: '/panels/{name}',
    summary: 'One panel of metrics over a time range, with `compare=week` also a week earlier',
    request: { params: z.object({ name: PanelName }), query: PanelQuery },
    responses: { 200: json(PanelData, 'Its series on one grid of times') },
  }),
  async (c) => c.json(await getPanel(c.var.ctx, c.req.valid('param').name, c.req.valid('query')), 200),
);

metricsRoutes.openapi(
  route('fleet.metrics.read', {
    method: 'get',
    path: '/annotations',
    summary: 'Operations, failovers and incidents in a time range, to be drawn into panels',
    request: { query: AnnotationQuery },
    responses: { 200: json(Annotations, 'What happened, oldest first') },
  }),
  async (c) => c.json(await listAnnotations(c.var.ctx, c.req.valid('query')), 200),
);

metricsRoutes.openapi(
  route('fleet.metrics.read', {
    method: 'get',
    path: '/statements',
    summary: 'The statements of a cluster that took most time in a range; texts without literals',
    request: { query: StatementsQuery },
    responses: { 200: json(StatementUses, 'Statements, the most expensive first') },
  }),
  async (c) => c.json(await listStatements(c.var.ctx, c.req.valid('query')), 200),
);

metricsRoutes.openapi(
  route('fleet.metrics.read', {
    method: 'get',
    path: '/tables',
    summary: 'The largest tables of a cluster at the end of a range, or those with most bloat',
    request: { query: TablesQuery },
    responses: { 200: json(TableUses, 'At most twenty, the first the largest or the most bloated') },
  }),
  async (c) => c.json(await listTables(c.var.ctx, c.req.valid('query')), 200),
);

metricsRoutes.openapi(
  route('fleet.metrics.read', {
    method: 'get',
    path: '/scrape',
    summary: 'The newest figures of the organisation in Prometheus text format, for a Prometheus of your own',
    request: { query: ScrapeQuery },
    responses: {
      200: { content: { 'text/plain': { schema: z.string() } }, description: 'Figures with timestamps' },
    },
  }),
  async (c) => {
    const text = await scrapeFigures(c.var.ctx, c.req.valid('query').cluster);
    return c.text(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  },
);
