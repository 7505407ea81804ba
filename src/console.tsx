import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { Outlet, redirect, type RouterContextProvider, useRouteLoaderData } from 'react-router';
import type { Route } from './+types/console.ts';
import { SiteStart } from './community/contract/site.ts';
import { nav } from './nav.ts';
import { ConsoleShell } from './platform/web/console/console-shell.tsx';
import { visibleEntries } from './platform/web/console/nav-entry.ts';
import { apiContext, pathsContext, viewerContext, viewerFailureContext } from './platform/web/contexts.ts';
import { ErrorPage } from './platform/web/errors/error-page.tsx';
import { useNonce } from './platform/web/nonce.tsx';
import { cssVariablesResolver, schemeManager, theme } from './platform/web/ui/theme.ts';
import type { loader as rootLoader } from './root.tsx';
import '@mantine/core/styles.layer.css';
import './platform/web/console/mantine.css';

/** Nobody enters the console without signing in; the way back is kept. */
export const middleware: Route.MiddlewareFunction[] = [
  async ({ url, context }, next) => {
    const failure = context.get(viewerFailureContext);
    if (failure) throw failure;
    if (!context.get(viewerContext).user && context.get(pathsContext).has('/sign-in')) {
      // Somebody who names no page may be anybody: the community is for all, the console for those who have an account.
      if (url.pathname === '/' && (await communityIsOpen(context))) throw redirect('/community');
      throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
    }
    return next();
  },
];

async function communityIsOpen(context: Readonly<RouterContextProvider>): Promise<boolean> {
  if (!context.get(pathsContext).has('/community')) return false;
  return (await context.get(apiContext).get('/api/community/site/start', SiteStart)).page === 'community';
}

/** What the frame needs: which entries to show, and which of its own forms have somewhere to go. */
export function loader({ context }: Route.LoaderArgs) {
  const paths = context.get(pathsContext);
  return {
    visible: visibleEntries(nav, paths, context.get(viewerContext).permissions).map((entry) => entry.path),
    canSignOut: paths.has('/sign-out'),
    canSwitchOrganisation: paths.has('/switch-organisation'),
  };
}

function Frame({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<typeof rootLoader>('root');
  const own = useRouteLoaderData<typeof loader>('console');
  const nonce = useNonce();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={schemeManager}
      defaultColorScheme={root?.scheme ?? 'auto'}
      getStyleNonce={() => nonce ?? ''}
    >
      <ConsoleShell
        entries={nav.filter((entry) => own?.visible.includes(entry.path))}
        viewer={root?.viewer ?? null}
        canSignOut={own?.canSignOut ?? false}
        canSwitchOrganisation={own?.canSwitchOrganisation ?? false}
      >
        {children}
      </ConsoleShell>
    </MantineProvider>
  );
}

export default function Console() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}

/** A page that failed fails inside the frame: everything else stays in reach. */
export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <Frame>
      <ErrorPage error={error} />
    </Frame>
  );
}
