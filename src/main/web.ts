import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HttpBindings } from '@hono/node-server';
import type { Env, Hono } from 'hono';
import type { ServerBuild } from 'react-router';
import type { PageReader } from '#src/community/server/reads/gather-reads.ts';
import type { ApiBindings } from '#src/platform/server/limits/limit-requests.ts';
import { answerFromMemory, createPageCache } from './web-cache.ts';
import { staticFiles } from './web-files.ts';
import { pageRenderer, type CallApi } from './web-pages.ts';

type WebOptions = {
  /** Where `react-router build` wrote `client/` and `server/index.js`. */
  buildDir: string;
  /** The address under which people know this Elepherd; by default the one they asked. */
  publicUrl?: string;
  /** Called when a page was answered that its route counts. */
  onRead?: (read: string, reader: PageReader) => void;
};

/** Answers from memory what it can: true when it did, false when the request is for the others. */
export type FromMemory = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * Serves the web at every path that is not the API's: files of the build, then pages. Pages call the API in process as
 * their reader; what the API sets as cookies reaches the browser. Mount it after the API. What it gives back may stand
 * before everything else.
 */
export async function mountWeb<E extends Env>(
  app: Hono<E>,
  { buildDir, publicUrl, onRead }: WebOptions,
): Promise<FromMemory> {
  // `env` carries the connection of the reader, as the server gave it.
  const api: CallApi = async (request, env) => {
    const bindings: ApiBindings = { ...(env as object), inProcess: true, byValue: true };
    return app.fetch(request, bindings);
  };
  const files = await staticFiles(join(buildDir, 'client'));
  const build = (await import(pathToFileURL(join(buildDir, 'server/index.js')).href)) as ServerBuild;
  const cache = createPageCache();
  const render = pageRenderer(build, api, { publicUrl, cache, onRead });
  app.all('*', async (c, next) => {
    const { pathname } = new URL(c.req.url);
    if (pathname === '/api' || pathname.startsWith('/api/') || pathname === '/metrics') return next();
    const { outgoing } = c.env as Partial<HttpBindings>;
    return files(c.req.raw) ?? render(c.req.raw, c.env, outgoing);
  });
  return (incoming, outgoing) =>
    answerFromMemory(cache, incoming, outgoing, (read, headers) => {
      const [userAgent = null, purpose] = [headers['user-agent'], headers['sec-purpose']];
      onRead?.(read, { userAgent, purpose: purpose === undefined ? null : String(purpose), accountId: null });
    });
}
