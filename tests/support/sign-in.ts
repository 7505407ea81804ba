import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Kysely } from 'kysely';
import { afterAll } from 'vitest';
import { startIdentity } from '#src/identity/server/public.ts';
import { identity } from '#src/identity/server/room.ts';
import { createApi } from '#src/platform/server/api.ts';
import { readConfig, type Config } from '#src/platform/server/config.ts';
import type { DB } from '#src/platform/server/db.ts';
import type { ApiEnv } from '#src/platform/server/http.ts';
import { createLog } from '#src/platform/server/log.ts';
import { platform } from '#src/platform/server/platform.ts';

/** A reader with cookies of their own, as a browser keeps them. */
export interface TestReader {
  cookies: Map<string, string>;
  /** Sends a request with this reader's cookies and keeps those it gets; a plain object becomes a JSON body. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

export interface TestSignIn {
  app: OpenAPIHono<ApiEnv>;
  config: Config;
  /** The token in `admin-token`. */
  home: string;
  reader(ip?: string): TestReader;
}

/** A real API with real sign-in over a test database. */
export async function startTestSignIn(db: Kysely<DB>, env: Record<string, string> = {}): Promise<TestSignIn> {
  const home = await mkdtemp(join(tmpdir(), 'elepherd-sign-in-'));
  const config = readConfig({
    ELEPHERD_HOME: home,
    PUBLIC_URL: 'http://localhost:7433',
    TRUSTED_PROXIES: '1',
    ...env,
  });
  const rooms = [platform, identity];
  const permissions = rooms.flatMap((room) => room.permissions);
  const { authenticate, stop } = await startIdentity({ db, config, permissions });
  const app = createApi({ db, rooms, authenticate, config, log: createLog('test', 'silent') });
  afterAll(async () => {
    stop();
    await rm(home, { recursive: true, force: true });
  });
  return { app, config, home, reader: (ip = '192.0.2.1') => makeReader(app, config, ip) };
}

function makeReader(app: OpenAPIHono<ApiEnv>, config: Config, ip: string): TestReader {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, path, body, headers = {}) {
      const answer = await app.request(`${config.publicUrl}${path}`, {
        method,
        headers: {
          'x-forwarded-for': ip,
          'x-elepherd-csrf': '1',
          ...(cookies.size > 0 && { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const [name = '', ...value] = pair.split('=');
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value.join('='));
      }
      return answer;
    },
  };
}
