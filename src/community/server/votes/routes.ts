import { z } from 'zod';
import { PostId } from '#src/community/contract/posts.ts';
import { CastVote, VoteStanding } from '#src/community/contract/questions.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { castVote } from './cast-vote.ts';

export const voteRoutes = newRoutes();

voteRoutes.openapi(
  route('signed-in', {
    method: 'put',
    path: '/{post}',
    summary: 'Say of a post that it is useful (1) or is not (-1), or take it back (0)',
    request: { params: z.object({ post: PostId }), body: json(CastVote, 'The vote') },
    responses: { 200: json(VoteStanding, 'The score as it stands now') },
  }),
  async (c) => c.json(await castVote(c.var.ctx, c.req.valid('param').post, c.req.valid('json')), 200),
);
