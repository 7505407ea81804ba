import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const rewardPages: RouteConfigEntry[] = [
  route('rewards', 'community/web/rewards/rewards.page.tsx'),
  route('rewards/mine', 'community/web/rewards/mine.page.tsx'),
  route('rewards/handle', 'community/web/rewards/handle.page.tsx'),
];
