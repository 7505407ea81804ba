import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import { platformText } from '../contract/platform.text.ts';
import { Problem, problemStatus } from '../contract/problem.ts';
import { requirePermission, requireSignedIn, type Context } from './context.ts';
import { AppError } from './errors.ts';

/** `refused` says why a request that names somebody cannot be believed; it is thrown once the request was counted. */
export type ApiEnv = { Variables: { ctx: Context; refused?: AppError } };

/** Who may use a route: anyone, anyone signed in, or holders of a permission. */
export type Access = 'open' | 'signed-in' | `${string}.${string}.${string}`;

/** An empty set of routes; a request that does not fit a schema is refused with the fields at fault. */
export function newRoutes(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new InvalidRequest(result.error);
    },
  });
}

/** A body that does not fit its schema. */
export class InvalidRequest extends AppError {
  readonly fields: { path: string; message: string }[];
  constructor(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }) {
    super('invalid', platformText.invalid);
    this.fields = error.issues.slice(0, 50).map((issue) => ({
      path: issue.path.map(String).join('.').slice(0, 500),
      message: issue.message.slice(0, 2000),
    }));
  }
}

/** A JSON answer or body in a route's description. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { content: { 'application/json': { schema } }, description, required: true as const };
}

/** An answer without a body. */
export function empty(description: string) {
  return { description };
}

/** Describes a route and keeps its gate: who may use it, what it takes, what it answers; refusals are added to the description. */
export function route<const P extends string, const R extends Omit<RouteConfig, 'path'> & { path: P }>(
  access: Access,
  config: R,
) {
  const described: RouteConfig = {
    ...config,
    middleware: gate(access),
    'x-access': access,
    ...(access === 'open' ? {} : { security: [{ session: [] }, { apiKey: [] }] }),
    responses: {
      ...config.responses,
      default: {
        content: { 'application/problem+json': { schema: Problem } },
        description: 'Refused or failed',
      },
    },
  };
  return createRoute(described) as unknown as ReturnType<typeof createRoute<P, R>>;
}

function gate(access: Access): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (access === 'signed-in') requireSignedIn(c.var.ctx);
    else if (access !== 'open') requirePermission(c.var.ctx, access);
    await next();
  };
}

/** The body of a refusal in the person's language. */
export function problemOf(error: unknown, ctx: Pick<Context, 'locale' | 'requestId'>): Problem {
  const known = error instanceof AppError ? error : new AppError('internal', platformText.internal);
  return {
    type: 'about:blank',
    title: known.code,
    status: problemStatus[known.code],
    code: known.code,
    detail: known.text[ctx.locale],
    ...(ctx.requestId === null ? {} : { requestId: ctx.requestId }),
    ...(error instanceof InvalidRequest ? { fields: error.fields } : {}),
  };
}
