import { route, type RouteConfigEntry } from '@react-router/dev/routes';

const page = (path: string, name: string) => route(path, `community/web/organisations/${name}.page.tsx`);

export const organisationRoutes: RouteConfigEntry[] = [
  page('organisations', 'organisations'),
  page('organisations/new', 'new-organisation'),
  page('organisations/review', 'review'),
  page('organisations/:slug', 'organisation'),
  page('organisations/:slug/people', 'people'),
  page('organisations/:slug/posts', 'posts'),
  page('organisations/:slug/history', 'history'),
  page('organisations/:slug/edit', 'edit-organisation'),
  page('organisations/:slug/swaps', 'swaps'),
  page('organisations/:slug/sponsorship', 'sponsorship'),
  page('settings/employment', 'employment'),
];
