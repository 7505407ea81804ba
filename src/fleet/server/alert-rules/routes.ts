import { z } from 'zod';
import {
  AlertRule,
  CreateAlertRule,
  RuleTest,
  TestAlertRule,
  UpdateAlertRule,
} from '#src/fleet/contract/alerts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { testRule } from './check-expression.ts';
import { createRule } from './create-rule.ts';
import { deleteRule } from './delete-rule.ts';
import { getRule, listRules } from './queries.ts';
import { updateRule } from './update-rule.ts';

const Rule = z.object({ rule: z.string().min(1).max(60) });

export const alertRuleRoutes = newRoutes();

alertRuleRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/',
    summary: 'Rules by which alerts are raised: shipped ones, then those of the organisation',
    responses: { 200: json(z.array(AlertRule), 'Rules') },
  }),
  async (c) => c.json(await listRules(c.var.ctx), 200),
);

alertRuleRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'post',
    path: '/',
    summary: 'Add a rule; its expression is checked by the metrics store first',
    request: { body: json(CreateAlertRule, 'The rule') },
    responses: { 201: json(AlertRule, 'The rule') },
  }),
  async (c) => c.json(await createRule(c.var.ctx, c.req.valid('json')), 201),
);

alertRuleRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'post',
    path: '/test',
    summary: 'How often an expression would have raised an alert in the last day',
    request: { body: json(TestAlertRule, 'Expression and how long it must hold') },
    responses: { 200: json(RuleTest, 'What it would have done') },
  }),
  async (c) => c.json(await testRule(c.var.ctx, c.req.valid('json')), 200),
);

alertRuleRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/{rule}',
    summary: 'One rule, by its key or id',
    request: { params: Rule },
    responses: { 200: json(AlertRule, 'The rule') },
  }),
  async (c) => c.json(await getRule(c.var.ctx, c.req.valid('param').rule), 200),
);

alertRuleRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'patch',
    path: '/{rule}',
    summary:
      'Change a rule; of a shipped one only whether, how bad, how long and how much, where null is as shipped',
    request: { params: Rule, body: json(UpdateAlertRule, 'What changes') },
    responses: { 200: json(AlertRule, 'The rule') },
  }),
  async (c) => c.json(await updateRule(c.var.ctx, c.req.valid('param').rule, c.req.valid('json')), 200),
);

alertRuleRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'delete',
    path: '/{rule}',
    summary: 'Delete a rule of the organisation',
    request: { params: Rule },
    responses: { 204: empty('Deleted') },
  }),
  async (c) => {
    await deleteRule(c.var.ctx, c.req.valid('param').rule);
    return c.body(null, 204);
  },
);
