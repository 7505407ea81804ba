import { z } from '@hono/zod-openapi';
import {
  BeginImport,
  ImportBatch,
  ImportedItem,
  ImportPicture,
  ImportRun,
  ImportRuns,
  MissingPictures,
  OfferPictures,
  Outcome,
} from '#src/community/contract/imports.ts';
import { page, PageQuery } from '#src/platform/contract/pages.ts';
import { theFilePlace } from '#src/platform/server/files/file-place.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { requireStaff } from '../members/require-staff.ts';
import { beginImport } from './begin-import.ts';
import { importPicture, offerPictures } from './import-picture.ts';
import { importItems } from './import-items.ts';
import { getImport, listImportItems, listImports } from './queries.ts';

const Id = z.object({ id: z.uuid() });

export const importRoutes = newRoutes();

importRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'Imports, newest first; for staff',
    request: { query: PageQuery },
    responses: { 200: json(ImportRuns, 'A page of imports') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.post.import');
    return c.json(await listImports(c.var.ctx, c.req.valid('query')), 200);
  },
);

importRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Begin an import; for staff',
    request: { body: json(BeginImport, 'From where, and whether only to try') },
    responses: { 201: json(ImportRun, 'Begun') },
  }),
  async (c) => c.json(await beginImport(c.var.ctx, c.req.valid('json')), 201),
);

importRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{id}',
    summary: 'One import with its counts; for staff',
    request: { params: Id },
    responses: { 200: json(ImportRun, 'The import') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.post.import');
    return c.json(await getImport(c.var.ctx, c.req.valid('param').id), 200);
  },
);

importRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{id}/items',
    summary: 'Import some files or topics; the same again changes nothing; for staff',
    request: { params: Id, body: json(ImportBatch, 'Files or topics') },
    responses: { 200: json(z.array(ImportedItem), 'What became of each') },
  }),
  async (c) => c.json(await importItems(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

importRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/{id}/pictures',
    summary: 'Offer pictures of the folder; those that were sent before are taken over; for staff',
    request: { params: Id, body: json(OfferPictures, 'Paths and digests') },
    responses: { 200: json(MissingPictures, 'Which must be sent') },
  }),
  async (c) => c.json(await offerPictures(c.var.ctx, c.req.valid('param').id, c.req.valid('json')), 200),
);

importRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{id}/pictures',
    summary: 'Send a picture of the folder; the body is its bytes (PNG, JPEG, GIF or WebP); for staff',
    request: {
      params: Id,
      query: ImportPicture,
      body: {
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        required: true,
      },
    },
    responses: { 204: empty('Kept') },
  }),
  async (c) => {
    const { key } = c.req.valid('query');
    await importPicture(c.var.ctx, theFilePlace(), c.req.valid('param').id, key, c.req.raw.body);
    return c.body(null, 204);
  },
);

importRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/{id}/items',
    summary: 'What became of the items of an import; for staff',
    request: { params: Id, query: PageQuery.extend({ outcome: Outcome.optional() }) },
    responses: { 200: json(page(ImportedItem), 'A page of items') },
  }),
  async (c) => {
    await requireStaff(c.var.ctx, 'community.post.import');
    await getImport(c.var.ctx, c.req.valid('param').id);
    return c.json(await listImportItems(c.var.ctx, c.req.valid('param').id, c.req.valid('query')), 200);
  },
);
