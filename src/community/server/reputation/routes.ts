import { ReputationPage, ReputationTerms } from '#src/community/contract/privileges.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeTerms } from './change-terms.ts';
import { getReputationPage } from './queries.ts';

export const reputationRoutes = newRoutes();

reputationRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'From which reputation on members may do what, and what it comes and goes for',
    responses: { 200: json(ReputationPage, 'The terms') },
  }),
  async (c) => c.json(await getReputationPage(c.var.ctx), 200),
);

reputationRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/',
    summary: 'Decide about it; for who may change settings',
    request: { body: json(ReputationTerms, 'The terms') },
    responses: { 200: json(ReputationTerms, 'As they are now') },
  }),
  async (c) => c.json(await changeTerms(c.var.ctx, c.req.valid('json')), 200),
);
