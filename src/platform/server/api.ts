import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import { Locale, negotiateLocale } from '../contract/i18n.ts';
import { platformText } from '../contract/platform.text.ts';
import type { Config } from './config.ts';
import { anonymous, type Actor, type Context } from './context.ts';
import type { DB } from './db.ts';
import { docsRoutes } from './docs/routes.ts';
import { AppError } from './errors.ts';
import { handOver } from './hand-over.ts';
import { healthRoutes } from './health/routes.ts';
import { problemOf, type ApiEnv } from './http.ts';
import { answerOnce } from './idempotency/answer-once.ts';
import { limitBody } from './limits/limit-body.ts';
import { rateHeaders } from './limits/rate-headers.ts';
import { limitRequests } from './limits/limit-requests.ts';
import { refuseBrokenText } from './limits/refuse-broken-text.ts';
import type { Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { measureRequests, serveMetrics } from './metrics/serve-metrics.ts';
import { noteFailure } from './note-failure.ts';
import type { Room } from './room.ts';

/** Who a request comes from. `byCookie` requests that write must come from our own pages. */
export type Identified = { actor: Actor; byCookie: boolean; locale?: Locale };
export type Authenticate = (request: Request, ip: string | null) => Promise<Identified | null>;

export type ApiOptions = {
  db: Kysely<DB>;
  rooms: readonly Room[];
  authenticate: Authenticate;
  log: Log;
  config: Config;
  /** The pool below `db`, for its figures in /metrics. */
  pool?: pg.Pool;
  /** Where requests are counted; of its own by default. */
  metrics?: Metrics;
  /** How long a repeated write waits for the first one; 10 by default. */
  idempotencyWaitSeconds?: number;
};

const textBytesAtMost = 1024 * 1024;
const pictureBytesAtMost = 16 * 1024 * 1024;

type Asked = import('hono').Context<ApiEnv>;

/** The whole HTTP API of the given rooms under `/api`, with its description at `/api/openapi.json`. */
export function createApi(options: ApiOptions): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  app.onError((error, c) => {
    // Requests refused before the context stands still get an answer in the reader's language.
    const ctx = c.var.ctx ?? { locale: negotiateLocale(c.req.header('accept-language')), requestId: null };
    const known =
      error instanceof HTTPException
        ? new AppError('invalid', platformText.notJson, { cause: error })
        : error;
    const problem = problemOf(known, ctx);
    if (problem.status >= 500 && problem.code !== 'unavailable') {
      options.log.error({ err: error, requestId: ctx.requestId, path: c.req.path }, 'a request failed');
      void tellFailure(options, c.req.method, c.req.path);
    }
    const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
    if (known instanceof AppError && known.retryAfterSeconds !== undefined) {
      headers['retry-after'] = String(Math.ceil(known.retryAfterSeconds));
      if (known.reached)
        Object.assign(
          headers,
          rateHeaders(known.reached.name, known.reached, { left: 0, fullInSeconds: known.retryAfterSeconds }),
        );
    }
    return c.body(JSON.stringify(problem), problem.status as 500, headers);
  });
  app.notFound(() => {
    throw new AppError('not_found', platformText.notFound);
  });
  const metrics = options.metrics ?? createMetrics();
  app.use('*', measureRequests(metrics));
  // Before anything that needs the database or a person: they must answer when nothing else does.
  app.route('/api/health', healthRoutes(options.db));
  app.route('/api/docs', docsRoutes());
  app.use('/metrics', identify(options), refuseStrangers());
  serveMetrics(app, metrics, options.db, options.pool);
  app.use('/api/*', identify(options));
  // Counted before it is refused: guessing tokens must not be free.
  app.use('/api/*', limitRequests(options.config), refuseStrangers());
  // Files have a limit of their own, and are never held in memory; pictures are bytes, too, and larger than texts.
  const isFile = (c: Asked) => c.req.path === '/api/platform/files';
  const isBytes = (c: Asked) => c.req.header('content-type') === 'application/octet-stream';
  const [limitText, limitBytes] = [limitBody(textBytesAtMost), limitBody(pictureBytesAtMost)];
  app.use('/api/*', (c, next) => (isFile(c) ? next() : (isBytes(c) ? limitBytes : limitText)(c, next)));
  for (const handler of [refuseBrokenText(), answerOnce({ waitSeconds: options.idempotencyWaitSeconds })]) {
    app.use('/api/*', (c, next) => (isFile(c) || isBytes(c) ? next() : handler(c, next)));
  }
  app.use('/api/*', handOver());
  for (const room of options.rooms) {
    for (const [name, routes] of Object.entries(room.routes)) app.route(`/api/${room.name}/${name}`, routes);
  }
  describe(app);
  return app;
}

/** A database that is away cannot be told; the log has it. */
async function tellFailure({ db, log }: ApiOptions, method: string, path: string): Promise<void> {
  try {
    await noteFailure(db, method, path);
  } catch (err) {
    log.warn({ err }, 'the failure was not noted');
  }
}

function identify(options: ApiOptions) {
  return async (c: import('hono').Context<ApiEnv>, next: () => Promise<void>) => {
    const ip = clientIp(c, options.config.TRUSTED_PROXIES);
    const given = c.req.header('x-request-id');
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    // The language chosen in this browser wins over the account's: the pages around the answer are in it too.
    const chosen = localeCookie(c.req.header('cookie'));
    const anonymousLocale = chosen ?? negotiateLocale(c.req.header('accept-language'));
    const ctx: Context = { db: options.db, actor: anonymous, requestId, ip, locale: anonymousLocale };
    c.set('ctx', ctx);
    c.header('x-request-id', requestId);
    for (const [name, value] of Object.entries(dataHeaders)) c.header(name, value);
    const identified = await options.authenticate(c.req.raw, ip).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      c.set('refused', error);
      return null;
    });
    if (identified) {
      if (identified.byCookie && !isSafe(c.req.method) && !comesFromHere(c.req.raw)) {
        c.set('refused', new AppError('forbidden', platformText.foreignOrigin));
      }
      c.set('ctx', {
        ...ctx,
        actor: identified.actor,
        locale: chosen ?? identified.locale ?? anonymousLocale,
      });
    }
    await next();
  };
}

/** An answer of the API is data: nobody keeps it, shows it as a page, or takes it for another kind of file. */
const dataHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

function refuseStrangers(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (c.var.refused) throw c.var.refused;
    await next();
  };
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/** A browser cannot be made to send our header, nor a same-origin fetch mark, from another site. */
function comesFromHere(request: Request): boolean {
  return (
    request.headers.get('x-elepherd-csrf') === '1' || request.headers.get('sec-fetch-site') === 'same-origin'
  );
}

function localeCookie(cookies: string | undefined): Locale | undefined {
  return Locale.safeParse(/(?:^|;\s*)elepherd_locale=([^;]+)/.exec(cookies ?? '')?.[1]).data;
}

/** The address of the client: the socket's, or what the trusted proxies in front say. */
function clientIp(c: import('hono').Context<ApiEnv>, trustedProxies: number): string | null {
  const socket = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress ?? null;
  if (trustedProxies === 0) return socket;
  const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  const hop = hops.at(-trustedProxies);
  return hop !== undefined && /^[0-9a-f.:]{3,45}$/i.test(hop) ? hop : socket;
}

const about = `Sign in on the pages, or send an API key as \`Authorization: Bearer …\`.

- A refusal is a problem (RFC 9457): \`code\` for programs, \`detail\` for people in the language of \`Accept-Language\`.
- Lists come in pages: send \`nextCursor\` back as \`cursor\`; it is null on the last page.
- A write with an \`Idempotency-Key\` (16 to 200 characters, say a UUID) takes effect once: repeated within 24 hours it
  answers what it answered before, with \`idempotency-replayed: true\`.
- Whoever asks too often gets 429 with \`Retry-After\`; \`RateLimit\` says what is left, \`RateLimit-Policy\` of how much.
- Long work answers 202 at once; follow its operation at \`/api/platform/operations/{id}/events\`.`;

function describe(app: OpenAPIHono<ApiEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'elepherd_session',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  app.get('/api/openapi.json', (c) => {
    const document = app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Elepherd', version: '1', description: about },
    });
    // Grouped as the addresses are: room and noun.
    for (const [path, methods] of Object.entries(document.paths ?? {})) {
      const tag = path.split('/').slice(2, 4).join(' ') || 'metrics';
      for (const described of Object.values(methods)) described.tags = [tag];
    }
    return c.json(document, 200);
  });
}
