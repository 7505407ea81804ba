import { z } from '@hono/zod-openapi';
import { NewFile, StoredFile } from '../../contract/files.ts';
import { filesText } from '../../contract/files.text.ts';
import { AppError } from '../errors.ts';
import { empty, json, newRoutes, route } from '../http.ts';
import { theFilePlace } from './file-place.ts';
import { keepFile, removeFile } from './keep-file.ts';
import { getReadableFile } from './queries.ts';

const Id = z.object({ id: z.uuid() });

export const fileRoutes = newRoutes();

fileRoutes.openapi(
  route('platform.file.create', {
    method: 'post',
    path: '/',
    summary: 'Keep a file; the body is its bytes',
    request: {
      query: NewFile,
      body: {
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        required: true,
      },
    },
    responses: { 201: json(StoredFile, 'Kept') },
  }),
  async (c) => c.json(await keepFile(c.var.ctx, theFilePlace(), c.req.valid('query'), c.req.raw.body), 201),
);

fileRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{id}',
    summary:
      'The bytes of a file: a public one for everybody, others with platform.file.read in its organisation',
    request: { params: Id },
    responses: {
      200: {
        description: 'The bytes',
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
      },
      304: empty('They have not changed'),
    },
  }),
  async (c) => {
    const file = await getReadableFile(c.var.ctx, c.req.valid('param').id);
    const isImage = file.contentType.startsWith('image/');
    const etag = `"${file.sha256}"`;
    const headers = {
      etag,
      // One's own file is asked for anew each time: the next person at this browser may be another.
      'cache-control': file.isPublic ? 'public, max-age=3600' : 'private, no-cache',
      'x-content-type-options': 'nosniff',
      // Whatever is in it, it never acts as a page of ours.
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'content-disposition': `${isImage ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeFileName(file.name)}`,
    };
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers);
    const bytes = await theFilePlace().store.get(file.place);
    if (!bytes) throw new AppError('not_found', filesText.noSuchFile);
    return c.body(bytes, 200, {
      ...headers,
      'content-type': file.contentType,
      'content-length': String(file.sizeBytes),
    });
  },
);

fileRoutes.openapi(
  route('platform.file.delete', {
    method: 'delete',
    path: '/{id}',
    summary: 'Remove a file',
    request: { params: Id },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await removeFile(c.var.ctx, c.req.valid('param').id);
    return c.body(null, 204);
  },
);

/** RFC 8187 leaves fewer characters alone than encodeURIComponent. */
export const encodeFileName = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
