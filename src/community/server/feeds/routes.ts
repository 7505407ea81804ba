import { Feed, FeedQuery } from '#src/community/contract/feeds.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getFeed } from './queries.ts';

export const feedRoutes = newRoutes();

feedRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary:
      'The newest posts of everything, a kind, a tag, a member or an organisation, as feeds carry them',
    request: { query: FeedQuery },
    responses: { 200: json(Feed, 'The posts, newest first') },
  }),
  async (c) => c.json(await getFeed(c.var.ctx, c.req.valid('query')), 200),
);
