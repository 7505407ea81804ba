import type { MiddlewareHandler } from 'hono';
import { platformText } from '../../contract/platform.text.ts';
import { AppError } from '../errors.ts';
import { type ApiEnv, InvalidRequest } from '../http.ts';

/** Deeper than any body of ours; what follows the branches of a body must not run out of stack. */
const depthAtMost = 32;

/**
 * Refuses texts that PostgreSQL cannot keep, wherever they stand: the NUL character and halves of characters. Refuses
 * bodies that are nested without end. A body that is no JSON is left to the route.
 */
export function refuseBrokenText(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (/%00/.test(c.req.url)) throw new AppError('invalid', platformText.invalid);
    const type = c.req.header('content-type') ?? '';
    if (/^application\/([a-z-.]+\+)?json/i.test(type)) {
      const body = await c.req.text();
      if (/[[{]|\\u/.test(body)) check(parse(body));
    }
    await next();
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}

function check(body: unknown): void {
  const waiting: { value: unknown; path: string[] }[] = [{ value: body, path: [] }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { value, path } = one;
    if (typeof value === 'string' && isBroken(value)) refuse(path, 'must be text without the NUL character');
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= depthAtMost) refuse(path.slice(0, 3), `must not be nested deeper than ${depthAtMost}`);
    for (const [name, inner] of Object.entries(value)) {
      if (isBroken(name)) refuse(path, 'must have names without the NUL character');
      waiting.push({ value: inner, path: [...path, name] });
    }
  }
}

const isBroken = (text: string) => text.includes('\u0000') || !text.isWellFormed();

function refuse(path: string[], message: string): never {
  throw new InvalidRequest({ issues: [{ path, message }] });
}
