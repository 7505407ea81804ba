import { createHash } from 'node:crypto';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import {
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router';
import { nonceContext, viewerContext } from './platform/web/contexts.ts';
import { NonceProvider } from './platform/web/nonce.tsx';
import { Unsent } from './platform/web/unsent.ts';
import { createDraw, DrawProvider } from './platform/web/public/kept-part.tsx';

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
export const texts = new WeakMap<Response, string>();

type PageHandle = { hydrate?: boolean; cacheSeconds?: number } | undefined;

const draw = createDraw(renderToStaticMarkup);

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
    const body = `<!doctype html>${drawStill(still, request.url)}`;
    // A page for one reader is kept nowhere. Of others, which carry no nonce, the same words are the same bytes.
    if (loadContext.get(viewerContext).user === null)
      headers.set('etag', `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 24)}"`);
    const cacheSeconds = handles.at(-1)?.cacheSeconds;
    if (cacheSeconds) headers.set('x-elepherd-cache', String(cacheSeconds));
    const answer = new Response(null, { status, headers });
    texts.set(answer, body);
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
function drawStill(context: EntryContext, url: string): string {
  const { manifest, staticHandlerContext } = context;
  staticHandlerContext.loaderData = Unsent.open(staticHandlerContext.loaderData);
  const routes = Object.fromEntries(
    staticHandlerContext.matches.map(({ route: { id } }) => [id, manifest.routes[id]]),
  );
  return renderToStaticMarkup(
    <DrawProvider draw={draw}>
      <ServerRouter context={{ ...context, manifest: { ...manifest, routes } }} url={url} />
    </DrawProvider>,
  );
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
