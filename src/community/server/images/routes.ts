import { z } from '@hono/zod-openapi';
import { KeptImage, NewImage } from '#src/community/contract/images.ts';
import { theFilePlace } from '#src/platform/server/files/file-place.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { keepImage } from './keep-image.ts';

export const imageRoutes = newRoutes();

imageRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'Keep a picture for what I write; the body is its bytes (PNG, JPEG, GIF or WebP)',
    request: {
      query: NewImage,
      body: {
        content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
        required: true,
      },
    },
    responses: { 201: json(KeptImage, 'Where it is') },
  }),
  async (c) =>
    c.json(await keepImage(c.var.ctx, theFilePlace(), c.req.valid('query').name, c.req.raw.body), 201),
);
