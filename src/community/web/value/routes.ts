import { route, type RouteConfigEntry } from '@react-router/dev/routes';

const page = (path: string, name: string) => route(path, `community/web/value/${name}.page.tsx`);

export const valuePages: RouteConfigEntry[] = [
  page('members/:handle/value', 'member-value'),
  page('members/:handle/value/:number', 'member-rows'),
  page('organisations/:slug/value', 'organisation-value'),
  page('organisations/:slug/value/:number', 'organisation-rows'),
];
