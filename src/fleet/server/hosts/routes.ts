import { z } from 'zod';
import { Host, UpdateHost } from '#src/fleet/contract/hosts.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { revokeCertificate } from '../certificates/revoke-certificate.ts';
import { drainHost } from './drain-host.ts';
import { getHost, listHosts } from './queries.ts';
import { removeHost } from './remove-host.ts';
import { updateHost } from './update-host.ts';

const Id = z.object({ id: z.uuid() });

export const hostRoutes = newRoutes();

hostRoutes.openapi(
  route('fleet.host.read', {
    method: 'get',
    path: '/',
    summary: 'Hosts of the organisation, by name',
    request: { query: PageQuery },
    responses: { 200: json(page(Host), 'A page of hosts') },
  }),
  async (c) => c.json(await listHosts(c.var.ctx, c.req.valid('query')), 200),
);

hostRoutes.openapi(
  route('fleet.host.read', {
    method: 'get',
    path: '/{id}',
    summary: 'One host with its facts and servers',
    request: { params: Id },
    responses: { 200: json(Host, 'The host') },
  }),
  async (c) => c.json(await getHost(c.var.ctx, c.req.valid('param').id), 200),
);

hostRoutes.openapi(
  route('fleet.host.update', {
    method: 'patch',
    path: '/{id}',
    summary: 'Change name, address or failure domain',
    request: { params: Id, body: json(UpdateHost, 'What to change') },
    responses: { 200: json(Host, 'The host') },
  }),
  async (c) => c.json(await updateHost(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

hostRoutes.openapi(
  route('fleet.host.drain', {
    method: 'post',
    path: '/{id}/drain',
    summary: 'Place no new servers on a host, or allow it again',
    request: { params: Id, body: json(z.object({ draining: z.boolean() }), 'Whether it drains') },
    responses: { 200: json(Host, 'The host') },
  }),
  async (c) => c.json(await drainHost(c.var.ctx, c.req.valid('param').id, c.req.valid('json').draining), 200),
);

hostRoutes.openapi(
  route('fleet.host.remove', {
    method: 'post',
    path: '/{id}/revoke',
    summary: 'Lock the agent of a host out until it is enrolled again',
    request: { params: Id },
    responses: { 200: json(Host, 'The host, locked out') },
  }),
  async (c) => c.json(await revokeCertificate(c.var.ctx, c.req.valid('param').id), 200),
);

hostRoutes.openapi(
  route('fleet.host.remove', {
    method: 'delete',
    path: '/{id}',
    summary: 'Take a host out of the fleet',
    request: { params: Id },
    responses: { 200: json(Host, 'The host as it was, removed') },
  }),
  async (c) => c.json(await removeHost(c.var.ctx, c.req.valid('param').id), 200),
);
