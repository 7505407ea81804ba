import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const wishPages: RouteConfigEntry[] = [
  route('wishes', 'community/web/wishes/wishes.page.tsx'),
  route('wishes/new', 'community/web/wishes/new-wish.page.tsx'),
  route('wishes/roadmap', 'community/web/wishes/roadmap.page.tsx'),
  route('wishes/:id/:slug?', 'community/web/wishes/wish.page.tsx'),
];
