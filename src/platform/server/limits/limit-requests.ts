import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { platformText } from '../../contract/platform.text.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { ApiEnv } from '../http.ts';
import { rateHeaders } from './rate-headers.ts';
import { addressKey, createRateLimiter, type RateLimiter } from './rate-limit.ts';

/** What the programs give the API along with a request. */
export type ApiBindings = Partial<HttpBindings> & {
  /** One of our own pages asks for its reader; the socket, if given, is the reader's. */
  inProcess?: boolean;
  /** What is read is handed over as it is instead of written as JSON: the answer's `json()` gives it, and it has no body. */
  byValue?: boolean;
};

/**
 * Refuses with 429 and Retry-After whoever asks too often: each actor by itself, nobody in particular by address. Says what
 * is left.
 * What our own pages ask in process is not counted: one page asks several times, and its reader asked once.
 */
export function limitRequests(
  config: Config,
  limiter: RateLimiter = createRateLimiter(),
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const given = c.env as ApiBindings | undefined;
    const overSocket = given?.incoming !== undefined && given.inProcess !== true;
    const { actor, ip } = c.var.ctx;
    const limit = actor.kind === 'anonymous' ? config.RATE_ANONYMOUS : config.RATE_SIGNED_IN;
    if (overSocket && limit > 0) {
      const key =
        actor.kind === 'anonymous' ? `ip ${addressKey(ip ?? '')}` : `${actor.kind} ${actor.id ?? ''}`;
      const rate = { limit, windowSeconds: 60 };
      const waitSeconds = Math.ceil(limiter.take(key, rate));
      if (waitSeconds > 0) {
        throw new AppError('too_many', platformText.tooMany(waitSeconds), {
          retryAfterSeconds: waitSeconds,
          reached: { name: 'requests', ...rate },
        });
      }
      const left = limiter.left(key, rate);
      const told = rateHeaders('requests', rate, { left, fullInSeconds: ((limit - left) * 60) / limit });
      for (const [name, value] of Object.entries(told)) c.header(name, value);
    }
    await next();
  };
}
