import { z } from 'zod';
import {
  Contents,
  CreateDatabase,
  CreateExtension,
  CreateRole,
  DropDatabase,
  RoleSecret,
  SqlName,
  Started,
} from '#src/fleet/contract/clusters.ts';
import { ClusterParam } from '#src/fleet/server/clusters/routes.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import {
  createDatabase,
  createExtension,
  createRole,
  dropDatabase,
  dropExtension,
  dropRole,
  resetPassword,
} from './change-database.ts';
import { readContents } from './queries.ts';

/** Databases, roles and extensions as objects of a cluster; mounted beside the cluster's own routes. */
export const contentsRoutes = newRoutes();

const Named = ClusterParam.extend({ name: SqlName });
const started = { 202: json(Started, 'Accepted; the operation does it') };

contentsRoutes.openapi(
  route('fleet.cluster.read', {
    method: 'get',
    path: '/{cluster}/contents',
    summary: 'Databases and roles, and the extensions of one database',
    request: { params: ClusterParam, query: z.object({ database: SqlName.default('app') }) },
    responses: { 200: json(Contents, 'As the primary has them now') },
  }),
  async (c) =>
    c.json(await readContents(c.var.ctx, c.req.valid('param').cluster, c.req.valid('query').database), 200),
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'post',
    path: '/{cluster}/databases',
    summary: 'Make a database',
    request: { params: ClusterParam, body: json(CreateDatabase, 'Its name and owner') },
    responses: started,
  }),
  async (c) =>
    c.json(await createDatabase(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'delete',
    path: '/{cluster}/databases/{name}',
    summary: 'Drop a database with all that is in it',
    request: { params: Named, body: json(DropDatabase, 'Its name, typed again') },
    responses: started,
  }),
  async (c) => {
    const { cluster, name } = c.req.valid('param');
    return c.json(await dropDatabase(c.var.ctx, cluster, name, c.req.valid('json').confirm), 202);
  },
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'post',
    path: '/{cluster}/roles',
    summary: 'Make a role; its password is in this answer only',
    request: { params: ClusterParam, body: json(CreateRole, 'The role') },
    responses: { 202: json(RoleSecret, 'Accepted, with the password') },
  }),
  async (c) => c.json(await createRole(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'post',
    path: '/{cluster}/roles/{name}/password',
    summary: 'Give a role a new password; it is in this answer only',
    request: { params: Named },
    responses: { 202: json(RoleSecret, 'Accepted, with the password') },
  }),
  async (c) => {
    const { cluster, name } = c.req.valid('param');
    return c.json(await resetPassword(c.var.ctx, cluster, name), 202);
  },
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'delete',
    path: '/{cluster}/roles/{name}',
    summary: 'Drop a role',
    request: { params: Named },
    responses: started,
  }),
  async (c) => {
    const { cluster, name } = c.req.valid('param');
    return c.json(await dropRole(c.var.ctx, cluster, name), 202);
  },
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'post',
    path: '/{cluster}/extensions',
    summary: 'Make an extension in a database',
    request: { params: ClusterParam, body: json(CreateExtension, 'The database and the extension') },
    responses: started,
  }),
  async (c) =>
    c.json(await createExtension(c.var.ctx, c.req.valid('param').cluster, c.req.valid('json')), 202),
);

contentsRoutes.openapi(
  route('fleet.database.manage', {
    method: 'delete',
    path: '/{cluster}/extensions/{name}',
    summary: 'Drop an extension from a database',
    request: {
      params: ClusterParam.extend({ name: CreateExtension.shape.name }),
      query: z.object({ database: SqlName }),
    },
    responses: started,
  }),
  async (c) => {
    const { cluster, name } = c.req.valid('param');
    return c.json(
      await dropExtension(c.var.ctx, cluster, { database: c.req.valid('query').database, name }),
      202,
    );
  },
);
