import { RewardTerms } from '#src/community/contract/rewards.ts';
import { OrganisationLevels } from '#src/community/contract/sponsorships.ts';
import { TermsPage } from '#src/community/contract/terms.ts';
import { WishTerms } from '#src/community/contract/wishes.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeTerms } from './change-terms.ts';
import { getTerms } from './queries.ts';

export const termRoutes = newRoutes();

termRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'What is decided about wishes, rewards and levels of organisations',
    responses: { 200: json(TermsPage, 'The terms') },
  }),
  async (c) => c.json(await getTerms(c.var.ctx), 200),
);

termRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/wishes',
    summary: 'Decide how many votes members have for wishes, and what a vote weighs',
    request: { body: json(WishTerms, 'The terms') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeTerms(c.var.ctx, 'wishes', c.req.valid('json'));
    return c.body(null, 204);
  },
);

termRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/rewards',
    summary: 'Decide how rewards are handled',
    request: { body: json(RewardTerms, 'The terms') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeTerms(c.var.ctx, 'rewards', c.req.valid('json'));
    return c.body(null, 204);
  },
);

termRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/organisations',
    summary: 'Decide which sponsorship makes which level of an organisation',
    request: { body: json(OrganisationLevels, 'The levels, the lowest first') },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeTerms(c.var.ctx, 'organisations', c.req.valid('json'));
    return c.body(null, 204);
  },
);
