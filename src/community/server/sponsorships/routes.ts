import { z } from 'zod';
import { Slug } from '#src/community/contract/organisations.ts';
import { EnterSponsorship, SponsorList, SponsorPage } from '#src/community/contract/sponsorships.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { enterSponsorship } from './enter-sponsorship.ts';
import { getSponsorPage, listSponsors } from './queries.ts';
import { reverseSponsorship } from './reverse-sponsorship.ts';

const Of = z.object({ slug: Slug });
const Made = z.object({ id: z.number().int() });

export const sponsorshipRoutes = newRoutes();

sponsorshipRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Who sponsors the community, and what it got for each year by source',
    responses: { 200: json(SponsorList, 'Sponsors and income') },
  }),
  async (c) => c.json(await listSponsors(c.var.ctx), 200),
);

sponsorshipRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{slug}',
    summary: 'What an organisation gave as a sponsor, and the level it has by that',
    request: { params: Of },
    responses: { 200: json(SponsorPage, 'Years and level; amounts for its managers') },
  }),
  async (c) => c.json(await getSponsorPage(c.var.ctx, c.req.valid('param').slug), 200),
);

sponsorshipRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}',
    summary: 'Enter a payment of a sponsor',
    request: { params: Of, body: json(EnterSponsorship, 'How much, for which year, when') },
    responses: { 201: json(Made, 'The number of the payment') },
  }),
  async (c) => c.json(await enterSponsorship(c.var.ctx, c.req.valid('param').slug, c.req.valid('json')), 201),
);

sponsorshipRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{slug}/{payment}/reverse',
    summary: 'Take a payment back by an entry of its own',
    request: {
      params: Of.extend({ payment: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
    },
    responses: { 201: json(Made, 'The number of the reversal') },
  }),
  async (c) => {
    const { slug, payment } = c.req.valid('param');
    return c.json(await reverseSponsorship(c.var.ctx, slug, payment), 201);
  },
);
