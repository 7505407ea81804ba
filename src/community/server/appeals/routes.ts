import { AppealAction, DecideAppeal } from '#src/community/contract/moderation.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { appealAction } from './appeal-action.ts';
import { decideAppeal } from './decide-appeal.ts';

export const appealRoutes = newRoutes();

appealRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Object to something that moderation did to you or your writings',
    request: { body: json(AppealAction, 'Against what, and why') },
    responses: { 204: empty('It will be answered') },
  }),
  async (c) => {
    await appealAction(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);

appealRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/decide',
    summary: 'Answer an appeal: granted, the action is undone',
    request: { body: json(DecideAppeal, 'The verdict, and the answer that its author reads') },
    responses: { 204: empty('Answered') },
  }),
  async (c) => {
    await decideAppeal(c.var.ctx, c.req.valid('json'));
    return c.body(null, 204);
  },
);
