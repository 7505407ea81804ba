import { z } from 'zod';
import { Followed, FollowKind } from '#src/community/contract/people.ts';
import { empty, json, newRoutes, route } from '#src/platform/server/http.ts';
import { followSubject } from './follow-subject.ts';
import { listFollowed } from './queries.ts';
import { unfollowSubject } from './unfollow-subject.ts';

const One = z.object({ kind: FollowKind, key: z.string().min(1).max(100) });

export const followRoutes = newRoutes();

followRoutes.openapi(
  route('signed-in', {
    method: 'get',
    path: '/',
    summary: 'What I follow, newest first',
    responses: { 200: json(z.array(Followed), 'Members, tags, posts and wishes') },
  }),
  async (c) => c.json(await listFollowed(c.var.ctx), 200),
);

followRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{kind}/{key}',
    summary: 'Follow a member by handle, a tag by name, a post or a wish by number',
    request: { params: One },
    responses: { 204: empty('Followed') },
  }),
  async (c) => {
    const { kind, key } = c.req.valid('param');
    await followSubject(c.var.ctx, kind, key);
    return c.body(null, 204);
  },
);

followRoutes.openapi(
  route('signed-in', {
    method: 'delete',
    path: '/{kind}/{key}',
    summary: 'Follow it no longer',
    request: { params: One },
    responses: { 204: empty('Not followed') },
  }),
  async (c) => {
    const { kind, key } = c.req.valid('param');
    await unfollowSubject(c.var.ctx, kind, key);
    return c.body(null, 204);
  },
);
