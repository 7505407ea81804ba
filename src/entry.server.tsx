import { hash, randomUUID } from 'node:crypto';
import { serialize } from 'node:v8';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import {
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router';
import type { Viewer } from './platform/contract/viewer.ts';
import { nonceContext, viewerContext } from './platform/web/contexts.ts';
import { NonceProvider } from './platform/web/nonce.tsx';
import { ReaderProvider } from './platform/web/i18n.tsx';
import { createDraw, DrawProvider } from './platform/web/public/kept-part.tsx';
import {
  createSharedPages,
  OwnPlaceProvider,
  type Piece,
  type ReadersOwn,
} from './platform/web/public/shared-page.tsx';
import { Unsent } from './platform/web/unsent.ts';
import type { loader as rootLoader } from './root.tsx';

export {
  apiContext,
  dataContext,
  displayContext,
  localeContext,
  nonceContext,
  pathsContext,
  publicUrlContext,
  viewerContext,
  viewerFailureContext,
} from './platform/web/contexts.ts';
export { Unsent };

/** The text of a page, beside an answer without it: an answer would turn it into bytes, and bytes into text. */
export const texts = new WeakMap<Response, readonly Piece[]>();

type PageHandle =
  | {
      hydrate?: boolean;
      isKept?: boolean;
      own?: ReadersOwn<unknown>;
      /** What is counted when the page is read, of the parts of its address. */
      read?: (params: Readonly<Record<string, string | undefined>>) => string;
    }
  | undefined;

const draw = createDraw(renderToStaticMarkup);

/** How old a word like "3 min. ago" may be on a page that is drawn for many. */
const freshMs = 10_000;

const share = createSharedPages({
  place: `<!--${randomUUID()}-->`,
  // Tells apart what JSON does not; what cannot be copied at all has no key.
  keyOf: (given) => {
    try {
      return hash('sha256', serialize(given), 'base64');
    } catch {
      return null;
    }
  },
  charactersAtMost: 10_000_000,
});

/**
 * Renders one document in one go. A page whose route says `handle = { hydrate: false }` leaves without any script;
 * all others carry their data, so that the browser continues without asking again.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  const handles = context.staticHandlerContext.matches.map(
    (match) => context.routeModules[match.route.id]?.handle as PageHandle,
  );
  headers.set('content-type', 'text/html; charset=utf-8');
  const { serverHandoffStream, ...still } = context;
  if (handles.some((handle) => handle?.hydrate === false) || !serverHandoffStream) {
    await serverHandoffStream?.cancel();
    still.staticHandlerContext.loaderData = Unsent.open(still.staticHandlerContext.loaderData);
    const pieces = drawShared(still, request.url, handles) ?? [{ text: drawStill(still, request.url) }];
    // A page for one reader is kept nowhere. Of others, which carry no nonce, the same words are the same bytes.
    if (loadContext.get(viewerContext).user === null) {
      const digest = hash('sha256', pieces.map(({ text }) => text).join(''), 'base64url');
      headers.set('etag', `W/"${digest.slice(0, 24)}"`);
    }
    if (handles.at(-1)?.isKept) headers.set('x-elepherd-kept', '1');
    const read = handles.at(-1)?.read?.(context.staticHandlerContext.matches.at(-1)?.params ?? {});
    if (read !== undefined) headers.set('x-elepherd-read', encodeURIComponent(read));
    const answer = new Response(null, { status, headers });
    texts.set(answer, pieces);
    return answer;
  }
  const nonce = loadContext.get(nonceContext);
  const html = renderToString(
    <NonceProvider nonce={nonce}>
      <ServerRouter context={still} url={request.url} nonce={nonce} />
    </NonceProvider>,
  );
  headers.set('x-elepherd-scripts', '1');
  return new Response(`<!doctype html>${html}${await handoff(serverHandoffStream, nonce)}`, {
    status,
    headers,
  });
}

/** A page that nothing takes over in the browser: without marks for it, and without the map of all other pages. */
function drawStill(context: EntryContext, url: string, place: string | null = null): string {
  const { manifest, staticHandlerContext } = context;
  const routes = Object.fromEntries(
    staticHandlerContext.matches.map(({ route: { id } }) => [id, manifest.routes[id]]),
  );
  const html = renderToStaticMarkup(
    <DrawProvider draw={draw}>
      <OwnPlaceProvider value={place}>
        <ServerRouter context={{ ...context, manifest: { ...manifest, routes } }} url={url} />
      </OwnPlaceProvider>
    </DrawProvider>,
  );
  return `<!doctype html>${html}`;
}

/** The same for somebody who signed in, drawn once for all who are given the same; null when that cannot be. */
function drawShared(
  context: EntryContext,
  url: string,
  handles: readonly PageHandle[],
): readonly Piece[] | null {
  const { matches, loaderData, actionData, errors, statusCode } = context.staticHandlerContext;
  if (statusCode !== 200 || errors || actionData) return null;
  const at = handles.findIndex((handle) => handle?.own !== undefined);
  const id = matches[at]?.route.id;
  const split = id === undefined ? null : handles[at]?.own?.split(loaderData[id]);
  if (id === undefined || !split) return null;
  const root = loaderData['root'] as Awaited<ReturnType<typeof rootLoader>>;
  const { locale, timeZone } = root;
  const shared = { ...loaderData, root: { ...root, viewer: withoutName(root.viewer) }, [id]: split.shared };
  const staticHandlerContext = { ...context.staticHandlerContext, loaderData: shared };
  return share({
    given: [url, Math.floor(Date.now() / freshMs), shared],
    page: (place) => drawStill({ ...context, staticHandlerContext }, url, place),
    ownGiven: [locale, timeZone, split.own.props],
    own: () =>
      renderToStaticMarkup(
        <ReaderProvider locale={locale} timeZone={timeZone}>
          {split.own}
        </ReaderProvider>,
      ),
  });
}

/** Somebody who may what the viewer may; it is drawn from what is given to it, so no name can come out of it. */
function withoutName(viewer: Viewer): Viewer {
  const { permissions } = viewer;
  return {
    user: viewer.user && { id: '', name: '', email: '' },
    org: null,
    orgs: [],
    permissions,
    locale: null,
  };
}

// ServerRouter would stream the data behind Suspense, which renderToString cannot wait for: the same two scripts, written whole.
async function handoff(stream: ReadableStream<Uint8Array>, nonce: string): Promise<string> {
  const data = await new Response(stream).text();
  const literal = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return (
    `<script nonce="${nonce}">window.__reactRouterContext.streamController.enqueue(${literal});` +
    `window.__reactRouterContext.streamController.close();</script>`
  );
}

/** Writes what broke a page to the log; a reader who left or asked for what is not there is no error. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  console.error(`page ${request.method} ${new URL(request.url).pathname}`, error);
}
