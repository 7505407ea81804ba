import { z } from 'zod';
import { Markdown } from '#src/community/contract/posts.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { previewMarkdown } from './preview-markdown.ts';

export const previewRoutes = newRoutes();

previewRoutes.openapi(
  route('signed-in', {
    method: 'post',
    path: '/',
    summary: 'How Markdown will look: the same renderer as for what is published',
    request: { body: json(z.object({ markdown: Markdown }), 'The words') },
    responses: { 200: json(z.object({ html: z.string() }), 'The page') },
  }),
  async (c) => c.json(await previewMarkdown(c.var.ctx, c.req.valid('json').markdown), 200),
);
