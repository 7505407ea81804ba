import { z } from 'zod';
import { Alert, AlertDetail, AlertOverview } from '#src/fleet/contract/alerts.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { getAlert, getOverview, listAlerts } from './queries.ts';

const Id = z.object({ id: z.uuid() });
const ListQuery = PageQuery.extend({
  state: z.enum(['open', 'firing', 'acknowledged', 'resolved', 'all']).default('open'),
  cluster: z.uuid().optional(),
  host: z.uuid().optional(),
});

export const alertRoutes = newRoutes();

alertRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/',
    summary: 'Alerts of the organisation, newest first; only open ones unless `state` says otherwise',
    request: { query: ListQuery },
    responses: { 200: json(page(Alert), 'A page of alerts') },
  }),
  async (c) => c.json(await listAlerts(c.var.ctx, c.req.valid('query')), 200),
);

alertRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/overview',
    summary: 'How many alerts are open, and whether the judge of alerts lives',
    responses: { 200: json(AlertOverview, 'Counts') },
  }),
  async (c) => c.json(await getOverview(c.var.ctx), 200),
);

alertRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One alert: what it means, what to do, and its story',
    request: { params: Id },
    responses: { 200: json(AlertDetail, 'The alert') },
  }),
  async (c) => c.json(await getAlert(c.var.ctx, c.req.valid('param').id), 200),
);

alertRoutes.openapi(
  route('fleet.alert.acknowledge', {
    method: 'post',
    path: '/{id}/acknowledge',
    summary: 'Say that somebody looks after it: nobody further up is told',
    request: { params: Id },
    responses: { 200: json(AlertDetail, 'The alert') },
  }),
  async (c) => c.json(await acknowledgeAlert(c.var.ctx, c.req.valid('param').id), 200),
);
