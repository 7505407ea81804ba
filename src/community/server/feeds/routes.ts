import { Feed, FeedQuery } from '#src/community/contract/feeds.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getFeed } from './queries.ts';

export const feedRoutes = newRoutes();

feedRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary:
      'The newest of everything, a kind, a tag, a member, a series, a meeting and others, as feeds carry them: posts, wishes, FAQ, decisions, versions, steps',
    request: { query: FeedQuery },
    responses: { 200: json(Feed, 'The entries, newest first') },
  }),
  async (c) => c.json(await getFeed(c.var.ctx, c.req.valid('query')), 200),
);
