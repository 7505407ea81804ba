import { z } from 'zod';
import { CreateEnrolment, Enrolment, NewEnrolment, ServerAddresses } from '#src/fleet/contract/hosts.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { createEnrolment } from './create-enrolment.ts';
import { getEnrolment, listServerAddresses } from './queries.ts';

export const enrolmentRoutes = newRoutes();

enrolmentRoutes.openapi(
  route('fleet.host.create', {
    method: 'get',
    path: '/addresses',
    summary: 'Addresses under which hosts may reach this server',
    responses: { 200: json(ServerAddresses, 'Addresses, the likeliest first') },
  }),
  async (c) => c.json(await listServerAddresses(c.var.ctx), 200),
);

enrolmentRoutes.openapi(
  route('fleet.host.create', {
    method: 'post',
    path: '/',
    summary: 'Make a command that turns a machine into a host, once',
    request: { body: json(CreateEnrolment, 'What is known of the host') },
    responses: { 201: json(NewEnrolment, 'The command, shown this once') },
  }),
  async (c) => c.json(await createEnrolment(c.var.ctx, c.req.valid('json')), 201),
);

enrolmentRoutes.openapi(
  route('fleet.host.create', {
    method: 'get',
    path: '/{id}',
    summary: 'Whether a command was used, and by which host',
    request: { params: z.object({ id: z.uuid() }) },
    responses: { 200: json(Enrolment, 'The enrolment') },
  }),
  async (c) => c.json(await getEnrolment(c.var.ctx, c.req.valid('param').id), 200),
);
