import { z } from '@hono/zod-openapi';
import {
  ConfirmLead,
  DownloadPage,
  DownloadToken,
  GiveLead,
  GivenLead,
  MarkDownload,
  NewDownload,
} from '#src/community/contract/downloads.ts';
import { downloadText } from '#src/community/contract/downloads.text.ts';
import { PostId } from '#src/community/contract/posts.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { theFilePlace } from '#src/platform/server/files/file-place.ts';
import { encodeFileName } from '#src/platform/server/files/routes.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { attachFile } from './attach-file.ts';
import { confirmLead } from './confirm-lead.ts';
import { giveLead } from './give-lead.ts';
import { markDownload, removeDownload } from './mark-download.ts';
import { openDownload } from './open-download.ts';
import { showDownload } from './show-download.ts';

const Id = z.object({ article: PostId });
const bytes = { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } };

export const downloadRoutes = newRoutes();

downloadRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{article}',
    summary: 'The file of a case study, and what is asked for it',
    request: { params: Id },
    responses: { 200: json(DownloadPage, 'The file') },
  }),
  async (c) => c.json(await showDownload(c.var.ctx, c.req.valid('param').article), 200),
);

downloadRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}/file',
    summary:
      'Give my case study a file, which its customer approves; the body is its bytes (PDF, ZIP, PPTX …)',
    request: { params: Id, query: NewDownload, body: { content: bytes, required: true } },
    responses: { 204: empty('Kept') },
  }),
  async (c) => {
    const { article } = c.req.valid('param');
    await attachFile(c.var.ctx, theFilePlace(), article, c.req.valid('query').name, c.req.raw.body);
    return c.body(null, 204);
  },
);

downloadRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{article}',
    summary: 'Say whether a file is free or asks for a name; by its author and managers of its publisher',
    request: { params: Id, body: json(MarkDownload, 'Free or gated') },
    responses: { 204: empty('Marked') },
  }),
  async (c) => {
    await markDownload(c.var.ctx, c.req.valid('param').article, c.req.valid('json'));
    return c.body(null, 204);
  },
);

downloadRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{article}',
    summary: 'Take the file off a case study; by its author and managers of its publisher',
    request: { params: Id },
    responses: { 204: empty('Removed') },
  }),
  async (c) => {
    await removeDownload(c.var.ctx, c.req.valid('param').article);
    return c.body(null, 204);
  },
);

downloadRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/{article}/leads',
    summary: 'Give my name for a gated file; who is not signed in gets a link by mail',
    request: { params: Id, body: json(GiveLead, 'Who wants it, and the words agreed to') },
    responses: { 200: json(GivenLead, 'How it goes on') },
  }),
  async (c) => c.json(await giveLead(c.var.ctx, c.req.valid('param').article, c.req.valid('json')), 200),
);

downloadRoutes.openapi(
  route('open', {
    method: 'post',
    path: '/{article}/confirm',
    summary: 'Prove an address by the token of the mailed link, which then gives the file',
    request: { params: Id, body: json(ConfirmLead, 'The token') },
    responses: { 204: empty('Proved') },
  }),
  async (c) => {
    await confirmLead(c.var.ctx, c.req.valid('param').article, c.req.valid('json'));
    return c.body(null, 204);
  },
);

downloadRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{article}/file',
    summary: 'The bytes of the file, for everybody if it is free, otherwise for who gave their name',
    request: { params: Id, query: z.object({ token: DownloadToken.optional() }) },
    responses: { 200: { description: 'The bytes', content: bytes } },
  }),
  async (c) => {
    const file = await openDownload(c.var.ctx, c.req.valid('param').article, c.req.valid('query').token);
    const stream = await theFilePlace().store.get(file.place);
    if (!stream) throw new AppError('not_found', downloadText.noSuch);
    return c.body(stream, 200, {
      'content-type': file.contentType,
      'content-length': String(file.sizeBytes),
      'content-disposition': `attachment; filename*=UTF-8''${encodeFileName(file.name)}`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      // Whatever is in it, it never acts as a page of ours.
      'content-security-policy': "default-src 'none'; sandbox",
    });
  },
);
