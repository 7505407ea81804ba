import { z } from 'zod';
import {
  ClosePlan,
  EditPlan,
  MovePlan,
  Plan,
  PlanQuery,
  PlanSomething,
} from '#src/community/contract/plan.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { closePlan } from './close-plan.ts';
import { editPlan } from './edit-plan.ts';
import { movePlan } from './move-plan.ts';
import { planSomething } from './plan-something.ts';
import { getPlan } from './queries.ts';

const One = z.object({ entry: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const planRoutes = newRoutes();

planRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'What is planned in a year, and how far it slipped',
    request: { query: PlanQuery },
    responses: { 200: json(Plan, 'The plan') },
  }),
  async (c) => c.json(await getPlan(c.var.ctx, c.req.valid('query')), 200),
);

planRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Put something into the plan of my committee',
    request: { body: json(PlanSomething, 'What, and when') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The entry') },
  }),
  async (c) => c.json(await planSomething(c.var.ctx, c.req.valid('json')), 201),
);

planRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{entry}',
    summary: 'Give an entry of the plan other words',
    request: { params: One, body: json(EditPlan, 'The words') },
    responses: { 204: empty('Saved') },
  }),
  async (c) => {
    await editPlan(c.var.ctx, c.req.valid('param').entry, c.req.valid('json'));
    return c.body(null, 204);
  },
);

planRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{entry}/move',
    summary: 'Move an entry of the plan to other days, with the reason',
    request: { params: One, body: json(MovePlan, 'The days, and why') },
    responses: { 204: empty('Moved') },
  }),
  async (c) => {
    await movePlan(c.var.ctx, c.req.valid('param').entry, c.req.valid('json'));
    return c.body(null, 204);
  },
);

planRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{entry}/close',
    summary: 'Say that an entry of the plan is done or cancelled',
    request: { params: One, body: json(ClosePlan, 'What became of it') },
    responses: { 204: empty('Closed') },
  }),
  async (c) => {
    await closePlan(c.var.ctx, c.req.valid('param').entry, c.req.valid('json'));
    return c.body(null, 204);
  },
);
