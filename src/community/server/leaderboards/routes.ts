import { Leaderboard, LeaderboardQuery } from '#src/community/contract/leaderboards.ts';
import { json, newRoutes, route } from '#src/platform/server/http.ts';
import { getLeaderboard } from './queries.ts';

export const leaderboardRoutes = newRoutes();

leaderboardRoutes.openapi(
  route('open', {
    method: 'get',
    path: '/',
    summary: 'Who earned most reputation this week, this month, or ever',
    request: { query: LeaderboardQuery },
    responses: { 200: json(Leaderboard, 'Members by rank') },
  }),
  async (c) => c.json(await getLeaderboard(c.var.ctx, c.req.valid('query')), 200),
);
