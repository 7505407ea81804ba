import type { ReactNode } from 'react';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from 'react-router';
import type { Route } from './+types/root.ts';
import { shellText } from './platform/contract/shell.text.ts';
import { displayContext, localeContext, publicUrlContext, viewerContext } from './platform/web/contexts.ts';
import { ErrorPage } from './platform/web/errors/error-page.tsx';
import { ReaderProvider } from './platform/web/i18n.tsx';
import { useNonce } from './platform/web/nonce.tsx';
import { firstScript } from './platform/web/preferences/first-script.ts';
import { PublicShell } from './platform/web/public/public-shell.tsx';
import './platform/web/ui/tokens.css';
import './platform/web/ui/base.css';

export const links: Route.LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'manifest', href: '/site.webmanifest' },
];

/** For pages that name nothing of their own. */
export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: shellText.product[loaderData?.locale ?? 'en'] },
];

/** What every page knows about its reader. Never fails, so that even an error page speaks the right language. */
export function loader({ context }: Route.LoaderArgs) {
  return {
    locale: context.get(localeContext),
    viewer: context.get(viewerContext),
    publicUrl: context.get(publicUrlContext),
    ...context.get(displayContext),
  };
}

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const nonce = useNonce();
  const plain = useMatches().some(
    (match) => (match.handle as { hydrate?: boolean } | undefined)?.hydrate === false,
  );
  const scheme = data?.scheme ?? 'auto';
  const locale = data?.locale ?? 'en';
  return (
    // The first script settles the colours before anything is painted, and React must not undo it.
    <html
      lang={locale}
      data-mantine-color-scheme={scheme === 'auto' ? undefined : scheme}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f7f8" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0f171b" />
        {!plain && (
          <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: firstScript }} />
        )}
        <Meta />
        <Links />
      </head>
      <body>
        <ReaderProvider locale={locale} timeZone={data?.timeZone ?? 'UTC'}>
          {children}
        </ReaderProvider>
        {!plain && <ScrollRestoration nonce={nonce} />}
        {!plain && <Scripts nonce={nonce} />}
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  return (
    <PublicShell>
      <ErrorPage error={error} />
    </PublicShell>
  );
}
