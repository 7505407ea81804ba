import { z } from 'zod';
import { ApiKey, CreateKey, NewKey } from '#src/identity/contract/organisations.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createKey } from './create-key.ts';
import { listKeys } from './queries.ts';
import { revokeKey } from './revoke-key.ts';

export const keyRoutes = newRoutes();

keyRoutes.openapi(
  route('identity.key.read', {
    method: 'get',
    path: '/',
    summary: 'API keys of the organisation',
    responses: { 200: json(z.array(ApiKey), 'Keys, newest first, without their tokens') },
  }),
  async (c) => c.json(await listKeys(c.var.ctx), 200),
);

keyRoutes.openapi(
  route('identity.key.create', {
    method: 'post',
    path: '/',
    summary: 'Make an API key',
    request: { body: json(CreateKey, 'Name, scopes and duration') },
    responses: { 201: json(NewKey, 'The key with its token, shown this once') },
  }),
  async (c) => c.json(await createKey(c.var.ctx, c.req.valid('json')), 201),
);

keyRoutes.openapi(
  route('identity.key.revoke', {
    method: 'delete',
    path: '/{id}',
    summary: 'Revoke an API key',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: empty('Revoked') },
  }),
  async (c) => {
    await revokeKey(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
