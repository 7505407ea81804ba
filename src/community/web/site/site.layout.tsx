import { Outlet } from 'react-router';
import { ErrorPage } from '#src/platform/web/errors/error-page.tsx';
import type { Route } from './+types/site.layout.ts';
import { SiteShell } from './site-shell.tsx';

/** Pages below leave without hydration: plain links, forms, and custom elements where something is interactive. */
export const handle = { hydrate: false };

export default function SiteLayout() {
  return (
    <SiteShell>
      <Outlet />
    </SiteShell>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <SiteShell>
      <ErrorPage error={error} />
    </SiteShell>
  );
}
