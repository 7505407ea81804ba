import { z } from 'zod';
import { ClusterDisk, ConfirmGuardian, HostGuardian, UpdateGuardian } from '#src/fleet/contract/guardian.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { confirmGuardian } from './confirm-guardian.ts';
import { getHostGuardian, listClusterDisks } from './queries.ts';
import { setGuardian } from './set-guardian.ts';

const Id = z.object({ id: z.uuid() });

/** Below a host's address: the guardian of its disks. */
export const guardianRoutes = newRoutes();

guardianRoutes.openapi(
  route('fleet.host.read', {
    method: 'get',
    path: '/{id}/guardian',
    summary: 'The guardian of a host’s disks: settings, and how the disks stand',
    request: { params: Id },
    responses: { 200: json(HostGuardian, 'The guardian') },
  }),
  async (c) => c.json(await getHostGuardian(c.var.ctx, c.req.valid('param').id), 200),
);

guardianRoutes.openapi(
  route('fleet.host.update', {
    method: 'patch',
    path: '/{id}/guardian',
    summary: 'Say what the guardian of a host may do',
    request: { params: Id, body: json(UpdateGuardian, 'What to change') },
    responses: { 200: json(HostGuardian, 'The guardian') },
  }),
  async (c) => c.json(await setGuardian(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

guardianRoutes.openapi(
  route('fleet.host.update', {
    method: 'post',
    path: '/{id}/guardian/confirm',
    summary: 'Say that room was made, or let writes go on for some minutes without it',
    request: { params: Id, body: json(ConfirmGuardian, 'For how long, if room was not made') },
    responses: { 200: json(HostGuardian, 'The guardian after it looked again') },
  }),
  async (c) => c.json(await confirmGuardian(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

/** Below a cluster's address. */
export const clusterDiskRoutes = newRoutes();

clusterDiskRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/disks',
    summary: 'The disks under a cluster’s servers, and what their guardians did',
    request: { params: ClusterParam },
    responses: { 200: json(z.array(ClusterDisk), 'One for each server whose host has said') },
  }),
  async (c) => c.json(await listClusterDisks(c.var.ctx, c.req.valid('param').cluster), 200),
);
