import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const leaderboardPages: RouteConfigEntry[] = [
  route('leaderboard', 'community/web/leaderboards/leaderboard.page.tsx'),
];
