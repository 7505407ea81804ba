import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const mediaPages: RouteConfigEntry[] = [
  route('articles/from-transcript', 'community/web/media/transcript.page.tsx'),
];

export const mediaResources: RouteConfigEntry[] = [
  route('feeds/podcast.xml', 'community/web/media/podcast.route.ts'),
];
