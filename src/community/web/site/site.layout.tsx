import { Outlet } from 'react-router';
import { SiteFrame } from '#src/community/contract/site.ts';
import { apiContext, pathsContext } from '#src/platform/web/contexts.ts';
import { ErrorPage } from '#src/platform/web/errors/error-page.tsx';
import type { Route } from './+types/site.layout.ts';
import { readersMenu, SiteShell } from './site-shell.tsx';

/** Pages below leave without hydration: plain links, forms, and custom elements where something is interactive. */
export const handle = { hydrate: false, own: readersMenu };

/** What the frame of every page shows; read beside what the page itself reads. */
export async function loader({ context }: Route.LoaderArgs) {
  const frame = await context.get(apiContext).get('/api/community/site/frame', SiteFrame);
  return { ...frame, pages: [...context.get(pathsContext)] };
}

export default function SiteLayout({ loaderData }: Route.ComponentProps) {
  return (
    <SiteShell frame={loaderData}>
      <Outlet />
    </SiteShell>
  );
}

export function ErrorBoundary({ error, loaderData }: Route.ErrorBoundaryProps) {
  return (
    <SiteShell frame={loaderData}>
      <ErrorPage error={error} />
    </SiteShell>
  );
}
