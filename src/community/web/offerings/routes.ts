import { route, type RouteConfigEntry } from '@react-router/dev/routes';

const page = (path: string, name: string, id: string) =>
  route(path, `community/web/offerings/${name}.page.tsx`, { id });

export const offeringRoutes: RouteConfigEntry[] = [
  page('products', 'products', 'products'),
  page('products/new', 'new-product', 'new-product'),
  page('products/:id', 'offering', 'product'),
  page('products/:id/edit', 'edit-product', 'edit-product'),
  page('services', 'services', 'services'),
  page('services/new', 'new-service', 'new-service'),
  page('services/:id', 'offering', 'service'),
  page('services/:id/edit', 'edit-service', 'edit-service'),
];
