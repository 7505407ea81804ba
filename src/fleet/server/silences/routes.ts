import { z } from 'zod';
import { CreateSilence, Silence } from '#src/fleet/contract/alerts.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createSilence } from './create-silence.ts';
import { endSilence } from './end-silence.ts';
import { listSilences } from './queries.ts';

export const silenceRoutes = newRoutes();

silenceRoutes.openapi(
  route('fleet.alert.read', {
    method: 'get',
    path: '/',
    summary: 'Silences and maintenance windows: those that hold or will, then the last that ended',
    responses: { 200: json(z.array(Silence), 'Silences') },
  }),
  async (c) => c.json(await listSilences(c.var.ctx), 200),
);

silenceRoutes.openapi(
  route('fleet.alert.silence', {
    method: 'post',
    path: '/',
    summary: 'Let nobody be told of some alerts for a time, or in a window that comes again',
    request: { body: json(CreateSilence, 'What is covered, and when') },
    responses: { 201: json(Silence, 'The silence') },
  }),
  async (c) => c.json(await createSilence(c.var.ctx, c.req.valid('json')), 201),
);

silenceRoutes.openapi(
  route('fleet.alert.silence', {
    method: 'delete',
    path: '/{id}',
    summary: 'End a silence now',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 204: empty('Ended') },
  }),
  async (c) => {
    await endSilence(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);
