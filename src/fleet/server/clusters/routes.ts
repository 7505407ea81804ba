import { z } from 'zod';
import {
  Cluster,
  ClusterPreview,
  Connection,
  ConnectionUrl,
  ConnectionWay,
  CreateCluster,
  DeleteCluster,
  Started,
} from '#src/fleet/contract/clusters.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { createCluster } from './create-cluster.ts';
import { deleteCluster } from './delete-cluster.ts';
import { getCluster, listClusters, previewCluster } from './queries.ts';
import { getConnection, showPassword } from './show-password.ts';
import { undeleteCluster } from './undelete-cluster.ts';

/** A cluster is named by its id or by its name. */
export const ClusterParam = z.object({ cluster: z.string().min(1).max(60) });
const Database = z
  .string()
  .regex(/^[a-z_][a-z0-9_]{0,62}$/)
  .default('app');

export const clusterRoutes = newRoutes();

clusterRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/',
    summary: 'Clusters of the organisation by name',
    request: { query: PageQuery },
    responses: { 200: json(page(Cluster), 'A page of clusters') },
  }),
  async (c) => c.json(await listClusters(c.var.ctx, c.req.valid('query')), 200),
);

clusterRoutes.openapi(
  route('fleet.cluster.create', {
    method: 'post',
    path: '/',
    summary: 'Build a cluster',
    request: { body: json(CreateCluster, 'What to build') },
    responses: { 202: json(Cluster, 'Accepted; operationId names the operation that builds it') },
  }),
  async (c) => c.json(await createCluster(c.var.ctx, c.req.valid('json')), 202),
);

clusterRoutes.openapi(
  route('fleet.cluster.create', {
    method: 'post',
    path: '/preview',
    summary: 'What a wish would become; touches nothing',
    request: { body: json(CreateCluster, 'What would be built') },
    responses: {
      200: json(ClusterPreview, 'Members, settings, what it survives, and what stands in the way'),
    },
  }),
  async (c) => c.json(await previewCluster(c.var.ctx, c.req.valid('json')), 200),
);

clusterRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}',
    summary: 'One cluster, by id or name',
    request: { params: ClusterParam },
    responses: { 200: json(Cluster, 'The cluster') },
  }),
  async (c) => c.json(await getCluster(c.var.ctx, c.req.valid('param').cluster), 200),
);

clusterRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/connection',
    summary: 'Ways to connect, without a password',
    request: { params: ClusterParam, query: z.object({ database: Database }) },
    responses: { 200: json(Connection, 'Connection strings') },
  }),
  async (c) =>
    c.json(await getConnection(c.var.ctx, c.req.valid('param').cluster, c.req.valid('query').database), 200),
);

clusterRoutes.openapi(
  route('fleet.cluster.connect', {
    method: 'post',
    path: '/{cluster}/connection/url',
    summary: 'A URL with the password in it; written to the audit',
    request: {
      params: ClusterParam,
      query: z.object({ kind: ConnectionWay.shape.kind.default('direct'), database: Database }),
    },
    responses: { 200: json(ConnectionUrl, 'The URL') },
  }),
  async (c) => c.json(await showPassword(c.var.ctx, c.req.valid('param').cluster, c.req.valid('query')), 200),
);

clusterRoutes.openapi(
  route('fleet.cluster.delete', {
    method: 'delete',
    path: '/{cluster}',
    summary: 'Stop a cluster now, and remove its data after a grace period',
    request: {
      params: ClusterParam,
      body: json(DeleteCluster, 'Its name, typed again, and the hours of grace'),
    },
    responses: { 202: json(Started, 'Stopping') },
  }),
  async (c) => c.json(await deleteCluster(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

clusterRoutes.openapi(
  route('fleet.cluster.delete', {
    method: 'post',
    path: '/{cluster}/undelete',
    summary: 'Bring back a cluster whose grace period still runs',
    request: { params: ClusterParam },
    responses: { 202: json(Started, 'Coming back') },
  }),
  async (c) => c.json(await undeleteCluster(c.var.ctx, c.req.valid('param').cluster), 202),
);
