import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kysely } from 'kysely';
import type { DB } from '#src/platform/server/db.ts';
import type { Log } from '#src/platform/server/log.ts';
import { PostedAlerts, takeAlerts } from './take-alerts.ts';

/** A storm over a thousand servers is a few megabytes. */
const bodyBytesAtMost = 32 * 1024 ** 2;

export type ServeAlertsOptions = { db: Kysely<DB>; log: Log; port: number; token: string };

/**
 * Takes alerts as Alertmanager does, at `/api/v2/alerts`, on loopback only and only from who knows the token. An answer
 * other than 200 makes the judge say it again.
 */
export async function serveAlerts(
  options: ServeAlertsOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const { db, log, token } = options;
  const expected = Buffer.from(`Bearer ${token}`);
  const server = createServer((request, response) => {
    const answer = (status: number) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    };
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(401);
    if (request.method !== 'POST' || request.url?.split('?')[0] !== '/api/v2/alerts') return answer(404);
    void (async () => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > bodyBytesAtMost) return answer(413);
        chunks.push(chunk);
      }
      let posted;
      try {
        posted = PostedAlerts.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      } catch (err) {
        log.warn({ err }, 'alerts came that cannot be read');
        return answer(400);
      }
      await takeAlerts(db, posted);
      answer(200);
    })().catch((err: unknown) => {
      log.error({ err }, 'alerts were not taken');
      if (!response.headersSent) answer(503);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const hard = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(hard);
    },
  };
}
