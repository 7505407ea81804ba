import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { flush, startTestStore } from './alert-engine.ts';

/** The addresses of a cluster of VictoriaMetrics, with users and passwords in them, and what was asked of each. */
export type MetricsCluster = {
  readUrl: string;
  writeUrl: string;
  /** Paths that were answered, in their order. */
  read: string[];
  written: string[];
  /** Everything that was refused, with the reason. */
  refused: string[];
  flush(): Promise<void>;
  stop(): Promise<void>;
};

type Door = { prefix: string; paths: RegExp; password: string; taken: string[] };

/**
 * Reads and writes at different doors below different paths, as vmselect and vminsert have them: each answers only what is its own.
 * Debian has no cluster version, so one real VictoriaMetrics stands behind both.
 */
export async function startMetricsCluster(): Promise<MetricsCluster> {
  const store = await startTestStore();
  const refused: string[] = [];
  const open = async (door: Door): Promise<{ url: string; server: Server }> => {
    const server = createServer((request, response) => {
      void pass(store.url, door, refused, request, response).catch(() => response.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { url: `http://reader%40vm:${door.password}@127.0.0.1:${port}${door.prefix}`, server };
  };
  const select: Door = {
    prefix: '/select/0/prometheus',
    paths: /^\/(?:federate|api\/v1\/(?:query|query_range|series|labels))$/,
    password: 'reads',
    taken: [],
  };
  const insert: Door = {
    prefix: '/insert/0/prometheus',
    paths: /^\/api\/v1\/(?:write|import\/prometheus)$/,
    password: 'writes',
    taken: [],
  };
  const [reading, writing] = [await open(select), await open(insert)];
  return {
    readUrl: reading.url,
    writeUrl: writing.url,
    read: select.taken,
    written: insert.taken,
    refused,
    flush: () => flush(store),
    async stop() {
      for (const { server } of [reading, writing]) {
        server.closeAllConnections();
        server.close();
      }
      await store.stop();
    },
  };
}

async function pass(
  store: string,
  { prefix, paths, password, taken }: Door,
  refused: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://door');
  const inner = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : '';
  const expected = `Basic ${Buffer.from(`reader@vm:${password}`).toString('base64')}`;
  const status = request.headers.authorization !== expected ? 401 : paths.test(inner) ? 200 : 400;
  if (status !== 200) {
    refused.push(`${status} ${pathname}`);
    response.writeHead(status).end('unsupported path requested');
    return;
  }
  taken.push(pathname);
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { method = 'GET', headers } = request;
  const kept = ['content-type', 'content-encoding', 'x-prometheus-remote-write-version'];
  const answer = await fetch(`${store}${inner}${search}`, {
    method,
    headers: Object.fromEntries(
      kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
    ),
    ...(method === 'POST' ? { body: Buffer.concat(parts) } : {}),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
