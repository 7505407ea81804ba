import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const feedPages: RouteConfigEntry[] = [route('feeds', 'community/web/feeds/feeds.page.tsx')];

/** Resources for programs: no frame around them. */
export const feedResources: RouteConfigEntry[] = [
  route('feeds/:file', 'community/web/feeds/feed.route.ts', { id: 'feed' }),
  route('feeds/:about/:file', 'community/web/feeds/feed.route.ts', { id: 'feed-of' }),
];
