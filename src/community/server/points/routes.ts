import { z } from 'zod';
import {
  ChangePointRule,
  PointReplay,
  PointRules,
  RuledCause,
  Statement,
  StatementQuery,
} from '#src/community/contract/points.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { changeRule } from './change-rule.ts';
import { getStatement, listRules } from './queries.ts';
import { replayPoints } from './replay-points.ts';

export const pointRoutes = newRoutes();

pointRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'My points: both balances, and the entries they are the sum of',
    request: { query: StatementQuery },
    responses: { 200: json(Statement, 'The statement') },
  }),
  async (c) => c.json(await getStatement(c.var.ctx, c.req.valid('query')), 200),
);

pointRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/rules',
    summary: 'What contributions bring, now, before and from some day on',
    responses: { 200: json(PointRules, 'The rules') },
  }),
  async (c) => c.json(await listRules(c.var.ctx), 200),
);

pointRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/rules/{cause}',
    summary: 'Let a contribution bring something else from a moment to come on',
    request: {
      params: z.object({ cause: RuledCause }),
      body: json(ChangePointRule, 'What it brings, and since when'),
    },
    responses: { 204: empty('Changed') },
  }),
  async (c) => {
    await changeRule(c.var.ctx, c.req.valid('param').cause, c.req.valid('json'));
    return c.body(null, 204);
  },
);

pointRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/replay',
    summary: 'Work every rule over all history again and compare; changes nothing',
    responses: { 200: json(PointReplay, 'Where the ledger differs') },
  }),
  async (c) => c.json(await replayPoints(c.var.ctx), 200),
);
