import { z } from 'zod';
import { FlagWriting, Subject } from '#src/community/contract/moderation.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { flagWriting } from './flag-writing.ts';
import { withdrawFlag } from './withdraw-flag.ts';

export const flagRoutes = newRoutes();

flagRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Say that a writing or a profile is not as it should be',
    request: { body: json(FlagWriting, 'What, and why') },
    responses: { 204: empty('A reviewer will look') },
  }),
  async (c) => {
    await flagWriting(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

flagRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/withdraw',
    summary: 'Take an own flag back',
    request: { body: json(z.object({ subject: Subject }), 'What was flagged') },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    await withdrawFlag(c.var.ctx, c.req.valid('json').subject);
    return c.body(null, 204);
  },
);
