import { z } from 'zod';
import { CreateRepository, Repository, RepositoryKey } from '#src/fleet/contract/backups.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createRepository } from './create-repository.ts';
import { getRepository, listRepositories } from './queries.ts';
import { removeRepository } from './remove-repository.ts';
import { showKey } from './show-key.ts';

/** A repository is named by its id or by its name. */
const RepositoryParam = z.object({ repository: z.string().min(1).max(60) });

export const repositoryRoutes = newRoutes();

repositoryRoutes.openapi(
  route('fleet.repository.read', {
    method: 'get',
    path: '/',
    summary: 'Where backups can go, by name',
    responses: { 200: json(z.array(Repository), 'Repositories of the organisation') },
  }),
  async (c) => c.json(await listRepositories(c.var.ctx), 200),
);

repositoryRoutes.openapi(
  route('fleet.repository.manage', {
    method: 'post',
    path: '/',
    summary: 'Keep a place for backups; a passphrase for it is made',
    request: { body: json(CreateRepository, 'Where, and with which keys') },
    responses: { 201: json(Repository, 'The repository') },
  }),
  async (c) => c.json(await createRepository(c.var.ctx, c.req.valid('json')), 201),
);

repositoryRoutes.openapi(
  route('fleet.repository.read', {
    method: 'get',
    path: '/{repository}',
    summary: 'One repository',
    request: { params: RepositoryParam },
    responses: { 200: json(Repository, 'The repository, without its keys') },
  }),
  async (c) => c.json(await getRepository(c.var.ctx, c.req.valid('param').repository), 200),
);

repositoryRoutes.openapi(
  route('fleet.repository.show-key', {
    method: 'post',
    path: '/{repository}/key',
    summary: 'The passphrase that encrypts a repository; asking is written to the audit',
    request: { params: RepositoryParam },
    responses: { 200: json(RepositoryKey, 'The passphrase, to be kept where Elepherd is not') },
  }),
  async (c) => c.json(await showKey(c.var.ctx, c.req.valid('param').repository), 200),
);

repositoryRoutes.openapi(
  route('fleet.repository.manage', {
    method: 'delete',
    path: '/{repository}',
    summary: 'Forget a repository; what lies in the storage stays',
    request: { params: RepositoryParam },
    responses: { 204: empty('Forgotten') },
  }),
  async (c) => {
    await removeRepository(c.var.ctx, c.req.valid('param').repository);
    return c.body(null, 204);
  },
);
