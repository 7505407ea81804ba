import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { platformText } from '../../contract/platform.text.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { ApiEnv } from '../http.ts';
import { addressKey, createRateLimiter, type RateLimiter } from './rate-limit.ts';

/**
 * Refuses with 429 and Retry-After whoever asks too often: each actor by itself, nobody in particular by address.
 * Requests that came over no socket are our own pages calling in process; their reader is counted where the page is asked for.
 */
export function limitRequests(
  config: Config,
  limiter: RateLimiter = createRateLimiter(),
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const overSocket = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined;
    const { actor, ip } = c.var.ctx;
    const limit = actor.kind === 'anonymous' ? config.RATE_ANONYMOUS : config.RATE_SIGNED_IN;
    if (overSocket && limit > 0) {
      const key =
        actor.kind === 'anonymous' ? `ip ${addressKey(ip ?? '')}` : `${actor.kind} ${actor.id ?? ''}`;
      const waitSeconds = Math.ceil(limiter.take(key, { limit, windowSeconds: 60 }));
      if (waitSeconds > 0) {
        throw new AppError('too_many', platformText.tooMany(waitSeconds), { retryAfterSeconds: waitSeconds });
      }
    }
    await next();
  };
}
