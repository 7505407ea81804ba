import { z } from 'zod';
import { CreateOverride, Policy, Rota, SavePolicy, SaveRota } from '#src/fleet/contract/alerts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { addOverride } from './add-override.ts';
import { deleteRota } from './delete-rota.ts';
import { getPolicy, getRota, listPeople, listRotas } from './queries.ts';
import { removeOverride } from './remove-override.ts';
import { savePolicy } from './save-policy.ts';
import { saveRota } from './save-rota.ts';

const Id = z.object({ id: z.uuid() });

export const onCallRoutes = newRoutes();

onCallRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/',
    summary: 'Rotas: who is on call now, and whose turns come',
    responses: { 200: json(z.array(Rota), 'Rotas') },
  }),
  async (c) => c.json(await listRotas(c.var.ctx), 200),
);

onCallRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'post',
    path: '/',
    summary: 'Make a rota',
    request: { body: json(SaveRota, 'The rota') },
    responses: { 201: json(Rota, 'The rota') },
  }),
  async (c) => c.json(await saveRota(c.var.ctx, null, c.req.valid('json')), 201),
);

onCallRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'get',
    path: '/people',
    summary: 'People of the organisation who can be put on a rota',
    responses: { 200: json(z.array(z.object({ id: z.uuid(), name: z.string() })), 'People') },
  }),
  async (c) =>
    c.json(
      [...(await listPeople(c.var.ctx)).values()].map(({ id, name }) => ({ id, name })),
      200,
    ),
);

onCallRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/policy',
    summary: 'Who is told of alerts at once, and who when nobody acknowledges',
    responses: { 200: json(Policy, 'The way up') },
  }),
  async (c) => c.json(await getPolicy(c.var.ctx), 200),
);

onCallRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'patch',
    path: '/policy',
    summary: 'Say who is told of alerts',
    request: { body: json(SavePolicy, 'The way up, step by step') },
    responses: { 200: json(Policy, 'The way up') },
  }),
  async (c) => c.json(await savePolicy(c.var.ctx, c.req.valid('json')), 200),
);

onCallRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One rota',
    request: { params: Id },
    responses: { 200: json(Rota, 'The rota') },
  }),
  async (c) => c.json(await getRota(c.var.ctx, c.req.valid('param').id), 200),
);

onCallRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'patch',
    path: '/{id}',
    summary: 'Write a rota anew',
    request: { params: Id, body: json(SaveRota, 'The rota') },
    responses: { 200: json(Rota, 'The rota') },
  }),
  async (c) => c.json(await saveRota(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

onCallRoutes.openapi(
  route('fleet.alert.manage', {
    method: 'delete',
    path: '/{id}',
    summary: 'Remove a rota',
    request: { params: Id },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await deleteRota(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

onCallRoutes.openapi(
  route('fleet.alert.silence', {
    method: 'post',
    path: '/{id}/overrides',
    summary: 'Let somebody stand in for a time',
    request: { params: Id, body: json(CreateOverride, 'Who, and when') },
    responses: { 201: json(Rota, 'The rota') },
  }),
  async (c) => c.json(await addOverride(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 201),
);

onCallRoutes.openapi(
  route('fleet.alert.silence', {
    method: 'delete',
    path: '/{id}/overrides/{override}',
    summary: 'Take a stand-in back',
    request: { params: z.object({ id: z.uuid(), override: z.uuid() }) },
    responses: { 204: empty('Taken back') },
  }),
  async (c) => {
    const { id, override } = c.req.valid('param');
    await removeOverride(c.var.ctx, id, override);
    return c.body(null, 204);
  },
);
