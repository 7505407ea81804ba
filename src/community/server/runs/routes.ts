import { z } from 'zod';
import { RunQuery, WritingRuns } from '#src/community/contract/runs.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { listRuns } from './queries.ts';

export const runRoutes = newRoutes();

runRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary:
      'What the runnable blocks of posts or of an entry of the FAQ gave, and on which versions of PostgreSQL',
    request: { query: RunQuery },
    responses: { 200: json(z.array(WritingRuns), 'Writings that have such blocks') },
  }),
  async (c) => c.json(await listRuns(c.var.ctx, c.req.valid('query')), 200),
);
