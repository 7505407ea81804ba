import { Outlet } from 'react-router';
import { ErrorPage } from '../errors/error-page.tsx';
import type { Route } from './+types/public.layout.ts';
import { PublicShell } from './public-shell.tsx';

/** Pages below leave without script: plain links and forms. */
export const handle = { hydrate: false };

export default function PublicLayout() {
  return (
    <PublicShell>
      <Outlet />
    </PublicShell>
  );
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <PublicShell>
      <ErrorPage error={error} />
    </PublicShell>
  );
}
