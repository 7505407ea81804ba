import type { OpenAPIHono } from '@hono/zod-openapi';
import { type ApiOptions, createApi } from '#src/platform/server/api.ts';
import { readConfig } from '#src/platform/server/config.ts';
import type { Context } from '#src/platform/server/context.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { createLog } from '#src/platform/server/log.ts';
import type { Room } from '#src/platform/server/room.ts';
import { database } from './context.ts';
import type { OpenApiDocument } from './openapi.ts';

export interface TestApi {
  app: OpenAPIHono<ApiEnv>;
  /** Sends one request as a person (or, with null, as nobody); a plain object becomes a JSON body. */
  call(
    who: Context | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** The API's own description. */
  openapi(): Promise<OpenApiDocument>;
}

/** The HTTP API of some rooms over this file's database; who calls is said by the context given, without passwords. */
export function testApi(rooms: readonly Room[], options: Partial<ApiOptions> = {}): TestApi {
  const people = new Map<string, Context>();
  const app = createApi({
    db: database.db,
    rooms,
    log: createLog('test', 'silent'),
    config: readConfig({}),
    authenticate: async (request) => {
      const who = people.get(request.headers.get('x-test-actor') ?? '');
      return who ? { actor: who.actor, byCookie: false, locale: who.locale } : null;
    },
    ...options,
  });
  return {
    app,
    async call(who, method, path, body, headers = {}) {
      const id = who?.actor.id ?? '';
      if (who) people.set(id, who);
      const isPlain =
        body !== undefined &&
        !(body instanceof Uint8Array || body instanceof ReadableStream || typeof body === 'string');
      return app.request(path, {
        method,
        headers: {
          ...(who && { 'x-test-actor': id }),
          ...(isPlain && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && {
          body: isPlain ? JSON.stringify(body) : (body as BodyInit),
          duplex: 'half',
        }),
      });
    },
    openapi: async () => (await (await app.request('/api/openapi.json')).json()) as OpenApiDocument,
  };
}
