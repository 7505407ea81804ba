import { z } from 'zod';
import { DecidePattern, VotePattern } from '#src/community/contract/vote-patterns.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { decidePattern } from './decide-pattern.ts';
import { listPatterns } from './queries.ts';

export const votePatternRoutes = newRoutes();

votePatternRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Votes that look arranged, for reviewers',
    responses: { 200: json(z.array(VotePattern), 'What waits, the oldest first') },
  }),
  async (c) => c.json(await listPatterns(c.var.ctx), 200),
);

votePatternRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{pattern}',
    summary: 'Take back what such votes brought, or say that nothing is wrong',
    request: {
      params: z.object({ pattern: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
      body: json(DecidePattern, 'The verdict'),
    },
    responses: { 204: empty('Decided') },
  }),
  async (c) => {
    await decidePattern(c.var.ctx, c.req.valid('param').pattern, c.req.valid('json'));
    return c.body(null, 204);
  },
);
