import { createHash } from 'node:crypto';
import { renderToString } from 'react-dom/server';
import {
  type EntryContext,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from 'react-router';
import { nonceContext } from './platform/web/contexts.ts';
import { NonceProvider } from './platform/web/nonce.tsx';

export {
  apiContext,
  displayContext,
  localeContext,
  nonceContext,
  pathsContext,
  publicUrlContext,
  viewerContext,
  viewerFailureContext,
} from './platform/web/contexts.ts';

type PageHandle = { hydrate?: boolean; cacheSeconds?: number } | undefined;

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
  const hydrate = !handles.some((handle) => handle?.hydrate === false);
  // A page without script carries none: the same words are the same bytes, which is what its ETag says.
  const nonce = hydrate ? loadContext.get(nonceContext) : undefined;
  const { serverHandoffStream, ...still } = context;
  const html = renderToString(
    <NonceProvider nonce={nonce}>
      <ServerRouter context={still} url={request.url} {...(nonce !== undefined && { nonce })} />
    </NonceProvider>,
  );
  headers.set('content-type', 'text/html; charset=utf-8');
  if (!hydrate || !serverHandoffStream) {
    await serverHandoffStream?.cancel();
    const body = `<!doctype html>${html}`;
    headers.set('etag', `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 24)}"`);
    const cacheSeconds = handles.at(-1)?.cacheSeconds;
    if (cacheSeconds) headers.set('x-elepherd-cache', String(cacheSeconds));
    return new Response(body, { status, headers });
  }
  headers.set('x-elepherd-scripts', '1');
  return new Response(`<!doctype html>${html}${await handoff(serverHandoffStream, nonce ?? '')}`, {
    status,
    headers,
  });
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
