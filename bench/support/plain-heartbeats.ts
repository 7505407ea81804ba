/**
 * node plain-heartbeats.ts: the floor under host-heartbeats. A bare TLS server that asks for a certificate, reads what it is sent, waits
 * as long as a heartbeat does, and answers 204. Its keys come as JSON on standard input; prints its port.
 */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { heartbeatSeconds } from '#src/fleet/contract/agents.ts';

const { key, cert, ca } = JSON.parse(await text(process.stdin)) as { key: string; cert: string; ca: string };
const tls = { key, cert, ca, requestCert: true, minVersion: 'TLSv1.3' as const, keepAliveTimeout: 65_000 };
const server = createServer(tls, (request, response) => {
  request.resume();
  request.on('end', () => {
    setTimeout(() => {
      response.statusCode = 204;
      response.end();
    }, heartbeatSeconds * 1000);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`);
});
