import { z } from 'zod';
import { Started } from '#src/fleet/contract/clusters.ts';
import {
  Restore,
  RestorePreview,
  RestorePreviewWish,
  RestoreStarted,
  RestoreWindow,
  StartRestore,
  TakeContents,
} from '#src/fleet/contract/restores.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { cleanRestore } from './clean-restore.ts';
import { previewRestore } from './plan-restore.ts';
import { getRestore, getRestoreWindow, listRestores } from './queries.ts';
import { takeContents } from './take-contents.ts';
import { startRestore } from './start-restore.ts';

/** Restores of one cluster; mounted beside the cluster's own routes. */
export const clusterRestoreRoutes = newRoutes();
/** Restores by their own id. */
export const restoreRoutes = newRoutes();

clusterRestoreRoutes.openapi(
  route('fleet.restore.read', {
    method: 'get',
    path: '/{cluster}/restore-window',
    summary: 'Moments to which a cluster can be brought back, and what is missing in between',
    request: { params: ClusterParam },
    responses: { 200: json(RestoreWindow, 'From the backups and the archived WAL that are really there') },
  }),
  async (c) => c.json(await getRestoreWindow(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterRestoreRoutes.openapi(
  route('fleet.restore.read', {
    method: 'post',
    path: '/{cluster}/restore-preview',
    summary: 'What a restore would do; touches nothing',
    request: { params: ClusterParam, body: json(RestorePreviewWish, 'To when, and where to') },
    responses: { 200: json(RestorePreview, 'The backup, the way, the time it takes, or why it cannot be') },
  }),
  async (c) =>
    c.json(await previewRestore(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 200),
);

clusterRestoreRoutes.openapi(
  route('fleet.restore.read', {
    method: 'get',
    path: '/{cluster}/restores',
    summary: 'Restores of a cluster, the newest first',
    request: { params: ClusterParam },
    responses: { 200: json(z.array(Restore), 'With what was measured') },
  }),
  async (c) => c.json(await listRestores(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterRestoreRoutes.openapi(
  route('fleet.restore.start', {
    method: 'post',
    path: '/{cluster}/restores',
    summary: 'Bring a cluster’s data back: in place, as a new cluster, or as a server to look at',
    request: { params: ClusterParam, body: json(StartRestore, 'To when, and where to') },
    responses: { 202: json(RestoreStarted, 'Accepted; the operation does it') },
  }),
  async (c) => c.json(await startRestore(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

const RestoreParam = z.object({ restore: z.uuid() });

restoreRoutes.openapi(
  route('fleet.restore.read', {
    method: 'get',
    path: '/{restore}',
    summary: 'One restore',
    request: { params: RestoreParam },
    responses: { 200: json(Restore, 'With what was measured') },
  }),
  async (c) => c.json(await getRestore(c.var.ctx, c.req.valid('param').restore), 200),
);

restoreRoutes.openapi(
  route('fleet.restore.start', {
    method: 'post',
    path: '/{restore}/clean',
    summary: 'Confirm a restore: remove the data of before, or the scratch server',
    request: { params: RestoreParam },
    responses: { 202: json(Started, 'Accepted; the operation does it') },
  }),
  async (c) => c.json(await cleanRestore(c.var.ctx, c.req.valid('param').restore), 202),
);

restoreRoutes.openapi(
  route('fleet.restore.start', {
    method: 'post',
    path: '/{restore}/take',
    summary: 'Take a database or a table out of a scratch server, into a new database of the cluster',
    request: { params: RestoreParam, body: json(TakeContents, 'What, and under which name') },
    responses: { 202: json(Started, 'Accepted; the operation does it') },
  }),
  async (c) => c.json(await takeContents(c.var.ctx, c.req.valid('param').restore, c.req.valid('json')), 202),
);
