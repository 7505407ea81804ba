import { z } from 'zod';
import { Bounty, OfferBounty, PayBounty } from '#src/community/contract/bounties.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { offerBounty } from './offer-bounty.ts';
import { payBounty } from './pay-bounty.ts';

export const bountyRoutes = newRoutes();

bountyRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Set reputation aside for the best answer to a question',
    request: { body: json(OfferBounty, 'The question, and how much') },
    responses: { 201: json(Bounty, 'The bounty') },
  }),
  async (c) => c.json(await offerBounty(c.var.ctx, c.req.valid('json')), 201),
);

bountyRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{bounty}/pay',
    summary: 'Give your bounty to an answer',
    request: { params: z.object({ bounty: PostId }), body: json(PayBounty, 'The answer') },
    responses: { 204: empty('Paid') },
  }),
  async (c) => {
    await payBounty(c.var.ctx, c.req.valid('param').bounty, c.req.valid('json'));
    return c.body(null, 204);
  },
);
