import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const newsletterPages: RouteConfigEntry[] = [
  route('newsletters', 'community/web/newsletters/newsletters.page.tsx'),
  route('newsletters/:edition', 'community/web/newsletters/edition.page.tsx'),
];
