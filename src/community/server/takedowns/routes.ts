import { z } from 'zod';
import { AnswerClaim, ClaimCopyright, DecideClaim } from '#src/community/contract/moderation.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { answerClaim } from './answer-claim.ts';
import { claimCopyright } from './claim-copyright.ts';
import { decideClaim } from './decide-claim.ts';

export const takedownRoutes = newRoutes();

takedownRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Claim that a post copies a work',
    request: { body: json(ClaimCopyright, 'The post, the work, and the claim') },
    responses: { 201: json(z.object({ takedown: z.number().int() }), 'The author is asked') },
  }),
  async (c) => c.json(await claimCopyright(c.var.ctx, c.req.valid('json')), 201),
);

takedownRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/answer',
    summary: 'Answer a claim against an own post',
    request: { body: json(AnswerClaim, 'The answer') },
    responses: { 204: empty('It waits for staff') },
  }),
  async (c) => {
    await answerClaim(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

takedownRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/decide',
    summary: 'Decide about a claim: the post goes or stays',
    request: { body: json(DecideClaim, 'The verdict and its reason') },
    responses: { 204: empty('Decided') },
  }),
  async (c) => {
    await decideClaim(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);
