import type { HttpBindings } from '@hono/node-server';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context as HonoContext, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type pg from 'pg';
import { Problem } from '../../contract/problem.ts';
import { requirePermission } from '../context.ts';
import type { Db } from '../db.ts';
import type { ApiEnv } from '../http.ts';
import type { Metrics } from './metrics.ts';

/** Measures every request by the pattern of its route. */
export function measureRequests(metrics: Metrics): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const from = performance.now();
    await next();
    metrics.observe({
      // A made-up method would make a series of its own.
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(c.req.method)
        ? c.req.method
        : 'other',
      route: patternOf(c),
      status: c.res.status,
      seconds: (performance.now() - from) / 1000,
    });
  };
}

/** The last pattern that fits and is not one of a middleware; `pages` for all that is not the API, `none` when nothing fits. */
function patternOf(c: HonoContext<ApiEnv>): string {
  const found = matchedRoutes(c).findLast(({ method, path }) => method !== 'ALL' || !path.endsWith('/*'));
  return found?.path ?? (c.req.path.startsWith('/api/') ? 'none' : 'pages');
}

/** `GET /metrics` in Prometheus' text form: for programs on this machine, and for holders of `platform.metrics.read`. */
export function serveMetrics(
  app: OpenAPIHono<ApiEnv>,
  metrics: Metrics,
  db: Db,
  pool: pg.Pool | undefined,
): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/metrics',
      summary:
        'Figures about Elepherd itself in Prometheus text format; from the machine itself without signing in',
      security: [{ session: [] }, { apiKey: [] }],
      'x-access': 'platform.metrics.read',
      responses: {
        200: { content: { 'text/plain': { schema: z.string() } }, description: 'Figures' },
        default: {
          content: { 'application/problem+json': { schema: Problem } },
          description: 'Refused or failed',
        },
      },
    }),
    async (c) => {
      if (!isFromThisMachine(c)) requirePermission(c.var.ctx, 'platform.metrics.read');
      return c.text(await metrics.text(db, pool), 200, {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      });
    },
  );
}

/** A reverse proxy on this machine is on this machine too: what it forwards comes from elsewhere. */
function isFromThisMachine(c: HonoContext<ApiEnv>): boolean {
  const address = (c.env as Partial<HttpBindings> | undefined)?.incoming?.socket?.remoteAddress ?? '';
  const isLoopback = address === '::1' || /^(?:::ffff:)?127\./.test(address);
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  );
  return isLoopback && !forwarded;
}
