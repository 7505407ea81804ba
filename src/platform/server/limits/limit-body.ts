import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { platformText } from '../../contract/platform.text.ts';
import { AppError } from '../errors.ts';

/**
 * Refuses a body of more than so many bytes; one whose length is not told is counted as it comes. Ours, because Hono's copies
 * the request of the Node server, which cannot be copied: a DELETE without a body then ends in an error.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const { headers } = c.req.raw;
    const length = headers.get('content-length');
    const overHttp = (c.env as Partial<HttpBindings> | undefined)?.incoming !== undefined;
    // Over HTTP/1.1 a body says its length or comes in chunks; a request that does neither has none.
    const isUntold = overHttp ? headers.has('transfer-encoding') : length === null && c.req.raw.body !== null;
    if (!isUntold) {
      if (Number(length ?? 0) > maxBytes) throw new AppError('too_large', platformText.tooLarge);
      return next();
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of c.req.raw.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw new AppError('too_large', platformText.tooLarge);
      chunks.push(chunk);
    }
    const { method, signal } = c.req.raw;
    c.req.raw = new Request(c.req.url, { method, headers, body: Buffer.concat(chunks), signal });
    return next();
  };
}
