import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createRequestHandler, RouterContextProvider, type ServerBuild } from 'react-router';
import { negotiateLocale } from '#src/platform/contract/i18n.ts';
import { anonymous, Viewer } from '#src/platform/contract/viewer.ts';
import { type Api, apiOver, problemOf } from '#src/platform/web/api.ts';
import type * as contexts from '#src/platform/web/contexts.ts';
import { readPreferences } from '#src/platform/web/preferences/preferences.ts';

type CachedPage = { until: number; status: number; headers: [string, string][]; body: string };
const cacheEntries = 500;

/** The API in process. `env` is what the server knows about the reader's connection. */
export type CallApi = (request: Request, env: unknown) => Promise<Response>;

/** Answers a request for a page of the build, in the reader's language, with the reader's rights. */
export function pageRenderer(build: ServerBuild, api: CallApi) {
  const handle = createRequestHandler(build, 'production');
  // createContext makes an object: only the build's own is the one its loaders look up.
  const keys = build.entry.module as unknown as typeof contexts;
  const paths = pathPatterns(build);
  const cached = new Map<string, CachedPage>();

  return async (request: Request, env: unknown): Promise<Response> => {
    if (!['GET', 'HEAD'].includes(request.method) && !isSameOrigin(request)) return foreignWrite();
    const cookie = request.headers.get('cookie');
    const preferences = readPreferences(cookie);
    const setCookies: string[] = [];
    const client = apiOver((path, init) =>
      callApi((call) => api(call, env), request, path, init, setCookies),
    );
    const { viewer, failure } = await findViewer(request, client);
    const locale =
      preferences.locale ?? viewer.locale ?? negotiateLocale(request.headers.get('accept-language'));

    const cacheKey =
      request.method === 'GET' && !viewer.user && !failure
        ? [locale, preferences.scheme, preferences.timeZone, request.url].join(' ')
        : undefined;
    const hit = cacheKey === undefined ? undefined : cached.get(cacheKey);
    if (hit && hit.until > Date.now()) return finish(request, new Response(hit.body, hit), '');

    const nonce = randomBytes(16).toString('base64url');
    const context = new RouterContextProvider();
    context.set(keys.apiContext, client);
    context.set(keys.viewerContext, viewer);
    context.set(keys.viewerFailureContext, failure);
    context.set(keys.localeContext, locale);
    context.set(keys.displayContext, { scheme: preferences.scheme, timeZone: preferences.timeZone ?? 'UTC' });
    context.set(keys.nonceContext, nonce);
    context.set(keys.pathsContext, paths);

    const answer = await handle(checked(request), context);
    for (const line of setCookies) answer.headers.append('set-cookie', line);
    if (viewer.user) answer.headers.set('cache-control', 'private, no-store');
    const cacheSeconds = Number(answer.headers.get('x-elepherd-cache') ?? 0);
    answer.headers.delete('x-elepherd-cache');
    if (
      cacheKey !== undefined &&
      cacheSeconds > 0 &&
      answer.status === 200 &&
      !answer.headers.has('set-cookie')
    ) {
      const body = await answer.text();
      const entry = {
        until: Date.now() + cacheSeconds * 1000,
        status: 200,
        headers: [...answer.headers],
        body,
      };
      if (cached.size >= cacheEntries) cached.delete(cached.keys().next().value ?? '');
      cached.set(cacheKey, entry);
      return finish(request, new Response(body, entry), '');
    }
    return finish(request, answer, nonce);
  };
}

async function findViewer(request: Request, client: Api): Promise<{ viewer: Viewer; failure: Error | null }> {
  if (!mayBeSignedIn(request)) return { viewer: anonymous, failure: null };
  try {
    return { viewer: await client.get('/api/identity/viewer', Viewer), failure: null };
  } catch (error) {
    const status = problemOf(error)?.status;
    const unknown = status === 401 || status === 403 || status === 404;
    return { viewer: anonymous, failure: unknown ? null : (error as Error) };
  }
}

function mayBeSignedIn(request: Request): boolean {
  const cookies = (request.headers.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim().split('=')[0] ?? '');
  return cookies.some(
    (name) => name !== '' && !['elepherd_locale', 'elepherd_scheme', 'elepherd_tz'].includes(name),
  );
}

const forwarded = ['cookie', 'accept-language', 'x-request-id', 'user-agent', 'x-forwarded-for', 'x-real-ip'];

async function callApi(
  api: (request: Request) => Promise<Response>,
  reader: Request,
  path: string,
  init: RequestInit,
  setCookies: string[],
): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const name of forwarded) {
    const value = reader.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const answer = await api(
    new Request(new URL(path, reader.url), { ...init, headers, signal: reader.signal }),
  );
  setCookies.push(...answer.headers.getSetCookie());
  return answer;
}

/** A browser says where a write comes from; a write that says nothing has no cookies worth stealing only by luck, so it is refused too. */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  const host =
    request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? new URL(request.url).host;
  return new URL(origin).host === host;
}

function foreignWrite(): Response {
  return new Response(null, { status: 403 });
}

// React Router compares Origin with the address it was called by, which behind a TLS proxy differs in its scheme; we have checked.
function checked(request: Request): Request {
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  const headers = new Headers(request.headers);
  headers.delete('origin');
  const { method, body, signal } = request;
  // The types of the browser know no `duplex`, which Node demands of a body that streams.
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, signal, duplex: 'half' };
  return new Request(request.url, init);
}

async function finish(request: Request, answer: Response, nonce: string): Promise<Response> {
  const headers = answer.headers;
  const scripts = headers.get('x-elepherd-scripts') === '1';
  headers.delete('x-elepherd-scripts');
  securityHeaders(headers, scripts ? `'nonce-${nonce}'` : '');
  if (!headers.get('content-type')?.startsWith('text/html')) return answer;
  headers.append('vary', 'cookie, accept-language, accept-encoding');
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
  const etag = headers.get('etag');
  if (etag !== null && answer.status === 200 && request.headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers });
  }
  if (request.method === 'HEAD' || !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? ''))
    return answer;
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (bytes.length < 1024) return new Response(new Uint8Array(bytes), { status: answer.status, headers });
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  // A smaller window: the 256 KB of the usual one stay occupied until the next collection of garbage, for a page of 60 KB.
  const packed = await promisify(gzip)(bytes, { level: 5, windowBits: 13, memLevel: 6 });
  return new Response(new Uint8Array(packed), {
    status: answer.status,
    headers,
  });
}

function securityHeaders(headers: Headers, nonce: string) {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${nonce}`,
    `style-src 'self' ${nonce}`,
    // Sizes and colours that Mantine computes stand in style attributes, where no nonce can be.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  headers.set('content-security-policy', policy.map((rule) => rule.trim()).join('; '));
  headers.set('x-content-type-options', 'nosniff');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'same-origin');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
}

/** Every path pattern the build serves: /operations/:id and so on. */
function pathPatterns(build: ServerBuild): ReadonlySet<string> {
  const routes = build.routes;
  const full = (id: string): string => {
    const route = routes[id];
    if (!route) return '';
    const above = route.parentId ? full(route.parentId) : '';
    return route.path ? `${above}/${route.path}` : above;
  };
  const leaves = Object.values(routes).filter((route) => route && (route.path || route.index));
  return new Set(leaves.map((route) => full(route?.id ?? '') || '/'));
}
