import { route, type RouteConfigEntry } from '@react-router/dev/routes';

export const coreApplicationPages: RouteConfigEntry[] = [
  route('core-applications', 'community/web/core-applications/applications.page.tsx', {
    id: 'core-applications',
  }),
  route('core-applications/new', 'community/web/core-applications/apply.page.tsx', { id: 'apply-to-core' }),
  route('core-applications/:application', 'community/web/core-applications/application.page.tsx'),
];
