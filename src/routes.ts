/**
 * The map of all pages. A room lists its pages in `src/<room>/web/routes.ts` and exports two arrays made with the
 * helpers of @react-router/dev/routes; file paths are written from `src/`:
 *
 *   export const consoleRoutes = [route('hosts', 'fleet/web/hosts/hosts.page.tsx')];   signed in, interactive
 *   export const publicRoutes = [route('sign-in', 'identity/web/sign-in/sign-in.page.tsx')];   plain HTML, no script
 *
 * A page file `x.page.tsx` may export, with types from './+types/x.page.ts':
 *   loader    reads by `context.get(apiContext).get('/api/…', Schema)`; problems thrown there find their error page
 *   action    writes by `context.get(apiContext).post('/api/…', body, Schema)`
 *   meta      `titled(text)` from platform/web/i18n.tsx
 *   default   the component; words by `useText()`, never written in place
 * The navigation is in `src/nav.ts`: an entry shows when its path exists here and the viewer has its permission.
 */
import { type RouteConfig, layout, route } from '@react-router/dev/routes';
import * as community from './community/web/routes.ts';
import * as fleet from './fleet/web/routes.ts';
import * as identity from './identity/web/routes.ts';
import * as platform from './platform/web/routes.ts';

export default [
  layout('console.tsx', [
    ...platform.consoleRoutes,
    ...identity.consoleRoutes,
    ...fleet.consoleRoutes,
    ...community.consoleRoutes,
  ]),
  layout('community/web/site/site.layout.tsx', community.siteRoutes),
  layout('platform/web/public/public.layout.tsx', [
    ...platform.publicRoutes,
    ...identity.publicRoutes,
    ...fleet.publicRoutes,
    route('*', 'platform/web/errors/not-found.page.tsx'),
  ]),
  ...platform.plainRoutes,
  ...community.plainRoutes,
] satisfies RouteConfig;
