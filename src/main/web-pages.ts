// Over 300 lines: the way of one page, from who asks to what is kept of it.
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { RouterContextProvider, type ServerBuild } from 'react-router';
import type { PageReader } from '#src/community/server/reads/gather-reads.ts';
import { keptPageSeconds } from '#src/platform/contract/freshness.ts';
import { type Locale, locales, negotiateLocale } from '#src/platform/contract/i18n.ts';
import { anonymous, Viewer } from '#src/platform/contract/viewer.ts';
import { type Api, apiOver, problemOf } from '#src/platform/web/api.ts';
import type * as contexts from '#src/platform/web/contexts.ts';
import type { Piece } from '#src/platform/web/public/shared-page.tsx';
import type { Unsent } from '#src/platform/web/unsent.ts';
import { preferenceCookies, readPreferences } from '#src/platform/web/preferences/preferences.ts';
import {
  anonymousKey,
  answerOf,
  createPacker,
  createPageCache,
  hasIt,
  keepable,
  type KeptPage,
  type PageCache,
  takesGzip,
} from './web-cache.ts';
import { handlersByPlace, isStill, pagesOf, pathPatterns } from './web-routes.ts';

/** The API in process. `env` is what the server knows about the reader's connection. */
export type CallApi = (request: Request, env: unknown) => Promise<Response>;

type Options = {
  /** Called when a page was answered that its route counts; `read` is what the route calls it. */
  onRead?: ((read: string, reader: PageReader) => void) | undefined;
  /** The address under which people know this Elepherd; by default the one they asked. */
  publicUrl?: string | undefined;
  cache?: PageCache;
};

/** Answers a request for a page of the build, in the reader's language, with the reader's rights. */
export function pageRenderer(build: ServerBuild, api: CallApi, options: Options = {}) {
  // createContext makes an object: only the build's own is the one its loaders look up.
  const keys = build.entry.module as unknown as Entry;
  const handlerOf = handlersByPlace(build, (routes) => withUnsentData(routes, keys));
  const paths = pathPatterns(build);
  const cache = options.cache ?? createPageCache();
  const drawing = new Map<string, Promise<Drawn>>();

  const tell = ({ headers, method }: Request, read: string | undefined, accountId: string | null = null) => {
    if (read === undefined || method !== 'GET') return;
    const [userAgent, purpose] = [headers.get('user-agent'), headers.get('sec-purpose')];
    options.onRead?.(read, { userAgent, purpose, accountId });
  };

  return async (request: Request, env: unknown, outgoing?: ServerResponse): Promise<Response> => {
    if (!['GET', 'HEAD'].includes(request.method) && !isSameOrigin(request)) return foreignWrite();
    const url = new URL(request.url);
    const cookie = request.headers.get('cookie');
    const place = url.host + url.pathname + url.search;
    const key = anonymousKey(place, cookie, request.headers.get('accept-language'));
    if (key === null || request.method !== 'GET')
      return finish(request, await draw(request, env, url, cookie, null), outgoing);
    const kept = cache.find(key);
    if (kept) {
      tell(request, kept.read);
      return answerOf(kept, request);
    }
    // Whoever asks for a page that is just being drawn waits for it instead of drawing another.
    const under = drawing.get(key);
    if (under) {
      const drawn = await under.catch(() => undefined);
      if (drawn?.kept) {
        tell(request, drawn.kept.read);
        return answerOf(drawn.kept, request);
      }
    }
    const work = draw(request, env, url, cookie, key);
    drawing.set(key, work);
    try {
      return finish(request, await work);
    } finally {
      if (drawing.get(key) === work) drawing.delete(key);
    }
  };

  async function draw(
    request: Request,
    env: unknown,
    url: URL,
    cookie: string | null,
    key: string | null,
  ): Promise<Drawn> {
    // A page is as old as its rows, which are read before it is drawn.
    const askedAt = Date.now();
    const preferences = readPreferences(cookie);
    const asked = askedLocale(url);
    const setCookies: string[] = [];
    const client = apiOver((path, init) =>
      callApi((call) => api(call, env), request, path, init, setCookies, asked),
    );
    const { viewer, failure } = await findViewer(request, client);
    const locale =
      asked ?? preferences.locale ?? viewer.locale ?? negotiateLocale(request.headers.get('accept-language'));
    const nonce = randomBytes(16).toString('base64url');
    const context = new RouterContextProvider();
    context.set(keys.apiContext, client);
    context.set(keys.viewerContext, viewer);
    context.set(keys.viewerFailureContext, failure);
    context.set(keys.localeContext, locale);
    context.set(keys.displayContext, { scheme: preferences.scheme, timeZone: preferences.timeZone ?? 'UTC' });
    context.set(keys.nonceContext, nonce);
    context.set(keys.pathsContext, paths);
    context.set(keys.dataContext, url.pathname.endsWith('.data'));
    context.set(keys.publicUrlContext, options.publicUrl ?? url.origin);

    const answer = await handlerOf(url.pathname)(checked(request), context);
    for (const line of setCookies) answer.headers.append('set-cookie', line);
    if (viewer.user) answer.headers.set('cache-control', 'private, no-store');
    const isForAll = answer.headers.has('x-elepherd-kept');
    answer.headers.delete('x-elepherd-kept');
    const named = answer.headers.get('x-elepherd-read');
    answer.headers.delete('x-elepherd-read');
    const read = named === null || answer.status !== 200 ? undefined : decodeURIComponent(named);
    tell(request, read, viewer.user?.id ?? null);
    const scripts = answer.headers.get('x-elepherd-scripts') === '1';
    answer.headers.delete('x-elepherd-scripts');
    dress(answer.headers, scripts ? `'nonce-${nonce}'` : '');
    const mayKeep =
      key !== null &&
      !viewer.user &&
      !failure &&
      !scripts &&
      isForAll &&
      answer.status === 200 &&
      !answer.headers.has('set-cookie');
    const pieces = keys.texts?.get(answer);
    if (!mayKeep) return { answer, pieces };
    const kept = {
      ...(await keepable(answer, askedAt + keptPageSeconds * 1000, pieces && textOf(pieces))),
      ...(read !== undefined && { read }),
    };
    cache.keep(key, kept);
    return { kept };
  }
}

/** What entry.server.tsx gives to whoever serves its pages. */
type Entry = typeof contexts & { Unsent?: typeof Unsent; texts?: WeakMap<Response, readonly Piece[]> };

/** Routes whose pages leave without hydration read data that is not written for the browser: most of the work on a large page. */
function withUnsentData(
  routes: ServerBuild['routes'],
  { Unsent: Wrapped, dataContext }: Entry,
): ServerBuild['routes'] {
  if (!Wrapped) return routes;
  // What stands above pages of this kind alone is read for them alone.
  const areAllStill = pagesOf(routes).every(({ id }) => isStill(routes, id));
  const wrapped = Object.entries(routes).map(([id, route]) => {
    const load = route?.module.loader;
    if (!route || !load || !route.module.default || !(areAllStill || isStill(routes, id))) return [id, route];
    const loader: typeof load = async (args) => {
      const data = await load(args);
      return isOwnAnswer(data) || args.context.get(dataContext) ? data : new Wrapped(data);
    };
    return [id, { ...route, module: { ...route.module, loader } }];
  });
  return Object.fromEntries(wrapped) as ServerBuild['routes'];
}

/** What React Router looks into: a redirect, or data with a status. */
const isOwnAnswer = (data: unknown) =>
  data instanceof Response || (typeof data === 'object' && data !== null && 'type' in data && 'init' in data);

/** A page as it leaves, or one that is kept for those who come after. */
type Drawn =
  | { answer: Response; pieces: readonly Piece[] | undefined; kept?: undefined }
  | { kept: KeptPage };

const textOf = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('');

/** `?lang=en` shows a page in that language whatever the reader prefers: what links between the languages lead to. */
function askedLocale(url: URL): Locale | undefined {
  const wish = url.search === '' ? null : url.searchParams.get('lang');
  return locales.find((one) => one === wish);
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
  locale: Locale | undefined,
): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const name of forwarded) {
    const value = reader.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  // The first cookie of a name is the one that is read.
  if (locale)
    headers.set('cookie', [`${preferenceCookies.locale}=${locale}`, headers.get('cookie') ?? ''].join('; '));
  const answer = await api(new Request(new URL(path, reader.url), { ...init, headers }));
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

async function finish(request: Request, drawn: Drawn, outgoing?: ServerResponse): Promise<Response> {
  if (drawn.kept) return answerOf(drawn.kept, request);
  const { answer, pieces } = drawn;
  const { headers, status } = answer;
  const isStream = headers.has('x-elepherd-stream');
  headers.delete('x-elepherd-stream');
  if (!isText.test(headers.get('content-type') ?? '')) return answer;
  if (status === 200 && hasIt(request.headers.get('if-none-match'), headers.get('etag')))
    return new Response(null, { status: 304, headers });
  if (request.method === 'HEAD' || !takesGzip(request.headers.get('accept-encoding')))
    return pieces ? new Response(textOf(pieces), { status, headers }) : answer;
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  // What is written while it is read stays so: a map of a large site is in memory for nobody.
  if (isStream && answer.body)
    return new Response(answer.body.pipeThrough(new CompressionStream('gzip')), { status, headers });
  const whole = await packed(pieces ?? [{ text: await answer.text() }]);
  // A body of a Response is a stream that somebody has to read: with the socket at hand the bytes go there.
  if (outgoing === undefined || status !== 200)
    return new Response(whole as Uint8Array<ArrayBuffer>, { status, headers });
  headers.set('content-length', String(whole.length));
  outgoing.writeHead(status, [...headers].flat()).end(whole);
  return RESPONSE_ALREADY_SENT;
}

const packed = createPacker();
const isText = /^(?:text\/html|application\/(?:atom\+xml|rss\+xml|feed\+json|xml))/;

/** What every page says about itself besides its own words: what may run in it, and who may keep it. */
function dress(headers: Headers, nonce: string) {
  for (const [name, value] of securityHeaders) headers.set(name, value);
  headers.set('content-security-policy', policyWith(nonce));
  headers.append('vary', 'cookie, accept-language, accept-encoding');
  if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
}

const securityHeaders = [
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()'],
] as const;

const policyWith = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${nonce}`.trim(),
    `style-src 'self' ${nonce}`.trim(),
    // Sizes and colours that Mantine computes stand in style attributes, where no nonce can be.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Recordings lie where their makers keep them; a page fetches none before somebody plays it.
    "media-src 'self' https:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
