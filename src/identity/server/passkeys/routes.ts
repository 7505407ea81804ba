import { z } from 'zod';
import { AddPasskey } from '#src/identity/contract/accounts.ts';
import { WebAuthn } from '#src/identity/contract/sign-in.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { addPasskey, offerPasskey } from './add-passkey.ts';
import { removePasskey } from './remove-passkey.ts';

export const passkeyRoutes = newRoutes();

passkeyRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/options',
    summary: 'Challenge for a new passkey',
    responses: { 200: json(WebAuthn, 'What the browser asks its authenticator') },
  }),
  async (c) => c.json(await offerPasskey(c), 200),
);

passkeyRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Add a passkey',
    request: { body: json(AddPasskey, 'What the authenticator answered') },
    responses: { 201: empty('Added') },
  }),
  async (c) => {
    await addPasskey(c, c.req.valid('json'));
    return c.body(null, 201);
  },
);

passkeyRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{id}',
    summary: 'Remove a passkey',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await removePasskey(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
