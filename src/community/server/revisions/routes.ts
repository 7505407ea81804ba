import { z } from 'zod';
import { PostId } from '#src/community/contract/posts.ts';
import { History, RevisionQuery } from '#src/community/contract/revisions.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getHistory } from './queries.ts';

export const revisionRoutes = newRoutes();

revisionRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/{post}',
    summary: 'What a post said at each save, and what one save changed',
    request: { params: z.object({ post: PostId }), query: RevisionQuery },
    responses: { 200: json(History, 'The history') },
  }),
  async (c) => c.json(await getHistory(c.var.ctx, c.req.valid('param').post, c.req.valid('query')), 200),
);
