import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from './http.ts';
import type { ApiBindings } from './limits/limit-requests.ts';

/** An answer to a page in the same process: its value is not written and read again on the way. */
class HandedOver extends Response {
  readonly #value: unknown;
  constructor(value: unknown, status: number, requestId: string | null) {
    super(null, { status, headers: requestId === null ? {} : { 'x-request-id': requestId } });
    this.#value = value;
  }
  override async json(): Promise<unknown> {
    return this.#value;
  }
}

/** Hands over what a page of ours reads, when the page asks for that; everybody else gets JSON. */
export function handOver(): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { byValue } = (c.env ?? {}) as ApiBindings;
    if (byValue === true && c.req.method === 'GET')
      c.json = ((value: unknown, status: number) =>
        new HandedOver(value, status, c.var.ctx.requestId)) as unknown as typeof c.json;
    await next();
  };
}
