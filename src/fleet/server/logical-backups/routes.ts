import { z } from 'zod';
import { RepositoryKey } from '#src/fleet/contract/backups.ts';
import { Started } from '#src/fleet/contract/clusters.ts';
import { CreateExternalDatabase, ExternalDatabase } from '#src/fleet/contract/logical-backups.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { createExternal } from './create-external.ts';
import { getExternal, listExternals } from './queries.ts';
import { removeExternal } from './remove-external.ts';
import { showDumpKey } from './show-dump-key.ts';
import { startDump } from './start-dump.ts';

/** An external database is named by its id or by its name. */
const ExternalParam = z.object({ external: z.string().min(1).max(60) });

export const externalRoutes = newRoutes();

externalRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/',
    summary: 'Databases that Elepherd does not control, with their logical backups',
    responses: { 200: json(z.array(ExternalDatabase), 'By name') },
  }),
  async (c) => c.json(await listExternals(c.var.ctx), 200),
);

externalRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'post',
    path: '/',
    summary: 'Keep a database by its URL, and dump it on a schedule',
    request: { body: json(CreateExternalDatabase, 'Where, as whom, when, and which host keeps the dumps') },
    responses: { 201: json(ExternalDatabase, 'The database, without its password') },
  }),
  async (c) => c.json(await createExternal(c.var.ctx, c.req.valid('json')), 201),
);

externalRoutes.openapi(
  route('fleet.backup.read', {
    method: 'get',
    path: '/{external}',
    summary: 'One external database with its logical backups',
    request: { params: ExternalParam },
    responses: { 200: json(ExternalDatabase, 'The database, without its password') },
  }),
  async (c) => c.json(await getExternal(c.var.ctx, c.req.valid('param').external), 200),
);

externalRoutes.openapi(
  route('fleet.backup.run', {
    method: 'post',
    path: '/{external}/backups',
    summary: 'Dump it now: databases, roles and tablespaces',
    request: { params: ExternalParam },
    responses: { 202: json(Started, 'Accepted; the operation does it') },
  }),
  async (c) => c.json(await startDump(c.var.ctx, c.req.valid('param').external), 202),
);

externalRoutes.openapi(
  route('fleet.repository.show-key', {
    method: 'post',
    path: '/{external}/key',
    summary: 'The passphrase that encrypts its dumps; asking is written to the audit',
    request: { params: ExternalParam },
    responses: { 200: json(RepositoryKey, 'The passphrase') },
  }),
  async (c) => c.json(await showDumpKey(c.var.ctx, c.req.valid('param').external), 200),
);

externalRoutes.openapi(
  route('fleet.backup.manage', {
    method: 'delete',
    path: '/{external}',
    summary: 'Forget an external database; its dumps stay',
    request: { params: ExternalParam },
    responses: { 204: empty('Forgotten') },
  }),
  async (c) => {
    await removeExternal(c.var.ctx, c.req.valid('param').external);
    return c.body(null, 204);
  },
);
