import { timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './log.ts';

export type LoopbackIntake = {
  /** 0 takes a free one. */
  port: number;
  path: string;
  /** What callers show as a bearer token. */
  token: string;
  bodyBytesAtMost: number;
  /** Takes one body; false says that it cannot be read. An error makes the caller say it again. */
  take(body: string): Promise<boolean>;
  log: Log;
};

/** Takes what a program of ours posts over loopback to one path, from nobody who does not know the token. */
export async function serveLoopback(
  intake: LoopbackIntake,
): Promise<{ port: number; stop(): Promise<void> }> {
  const expected = Buffer.from(`Bearer ${intake.token}`);
  const server = createServer((request, response) => {
    const answer = (status: number) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    };
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return answer(401);
    if (request.method !== 'POST' || request.url?.split('?')[0] !== intake.path) return answer(404);
    void (async () => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > intake.bodyBytesAtMost) return answer(413);
        chunks.push(chunk);
      }
      answer((await intake.take(Buffer.concat(chunks).toString('utf8'))) ? 200 : 400);
    })().catch((err: unknown) => {
      intake.log.error({ err, path: intake.path }, 'a message was not taken');
      if (!response.headersSent) answer(503);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(intake.port, '127.0.0.1', () => resolve());
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
