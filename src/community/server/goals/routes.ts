import { z } from 'zod';
import { GoalList, GoalQuery, SetGoal } from '#src/community/contract/goals.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { dropGoal } from './drop-goal.ts';
import { listGoals } from './queries.ts';
import { setGoal } from './set-goal.ts';

const One = z.object({ goal: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const goalRoutes = newRoutes();

goalRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'The goals of a year, each with what its measure is now',
    request: { query: GoalQuery },
    responses: { 200: json(GoalList, 'Goals') },
  }),
  async (c) => c.json(await listGoals(c.var.ctx, c.req.valid('query').year), 200),
);

goalRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Set a goal for my committee',
    request: { body: json(SetGoal, 'Measure, target, year') },
    responses: { 201: json(z.object({ id: z.number().int() }), 'The goal') },
  }),
  async (c) => c.json(await setGoal(c.var.ctx, c.req.valid('json')), 201),
);

goalRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{goal}',
    summary: 'Drop a goal of my committee',
    request: { params: One },
    responses: { 204: empty('Dropped') },
  }),
  async (c) => {
    await dropGoal(c.var.ctx, c.req.valid('param').goal);
    return c.body(null, 204);
  },
);
