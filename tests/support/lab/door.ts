import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The unix sockets of a lab's two relay ends (see relay.ts). */
export function doorSockets(labFolder: string): { inside: string; outside: string } {
  return { inside: `${labFolder}/door-in`, outside: `${labFolder}/door-out` };
}

/** A port of this machine's loopback that leads to a port of a lab machine until it is closed. */
export interface Forward {
  host: '127.0.0.1';
  port: number;
  close: () => void;
}

/** Answers a connection to a port inside the lab, opened in the gateway's namespace; throws what connect(2) said there. */
export async function connectThrough(socketPath: string, host: string, port: number): Promise<Socket> {
  const socket = connect({ path: socketPath, allowHalfOpen: true });
  await ask(socket, { connect: { host, port } });
  return socket;
}

/** Asks the inner relay for something that has no stream after it. */
export async function askDoor(socketPath: string, request: object): Promise<void> {
  const socket = connect({ path: socketPath });
  await ask(socket, request);
  socket.destroy();
}

/** Opens a loopback port here that leads to host:port inside the lab. */
export async function forwardPort(socketPath: string, host: string, port: number): Promise<Forward> {
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: true }, (caller) => {
    open.add(caller);
    caller.on('close', () => open.delete(caller));
    caller.on('error', () => caller.destroy());
    void joinTo(caller, socketPath, host, port);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A test that forgets to close a door may still end.
  server.unref();
  const close = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, close };
}

async function joinTo(caller: Socket, socketPath: string, host: string, port: number): Promise<void> {
  try {
    const inside = await connectThrough(socketPath, host, port);
    inside.on('error', () => caller.resetAndDestroy());
    inside.on('close', () => caller.destroySoon());
    caller.on('close', () => inside.destroy());
    caller.pipe(inside);
    inside.pipe(caller);
  } catch {
    caller.resetAndDestroy();
  }
}

export interface HttpAnswer {
  status: number;
  body: string;
}

/** Asks one HTTP question through a connection of the lab; throws when there is no whole answer in time. */
export async function askHttp(
  connection: Promise<Socket>,
  path: string,
  options: { method?: string; json?: object; timeoutSeconds?: number } = {},
): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout((options.timeoutSeconds ?? 5) * 1000);
  const timedOut = once(signal, 'abort').then(() => {
    throw new Error(`${path} did not answer in time`);
  });
  // Too late, the connection is not wanted any more.
  const socket = await Promise.race([connection, timedOut]).catch((error: unknown) => {
    connection.then((late) => late.destroy()).catch(() => undefined);
    throw error;
  });
  const outgoing = request({
    path,
    method: options.method ?? 'GET',
    headers: {
      host: 'lab',
      connection: 'close',
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    createConnection: () => socket,
    signal,
  });
  outgoing.end(options.json === undefined ? undefined : JSON.stringify(options.json));
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: incoming.statusCode ?? 0, body: await text(incoming) };
}

/** Waits until a relay end listens. */
export async function waitForSocket(path: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (existsSync(path)) return;
    await sleep(10);
  }
  throw new Error(`The lab's relay did not open ${path} within 5 s.`);
}

async function ask(socket: Socket, request: object): Promise<void> {
  await once(socket, 'connect');
  socket.write(`${JSON.stringify(request)}\n`);
  const line = await firstLine(socket);
  if (line !== 'ok') {
    socket.destroy();
    throw new Error(line === '' ? 'The lab is gone.' : line.replace(/^error /, ''));
  }
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const done = (then: () => void): void => {
      socket.off('readable', onReadable);
      socket.off('error', onError);
      socket.off('close', onClose);
      then();
    };
    const onError = (error: Error): void => done(() => reject(error));
    const onClose = (): void => done(() => resolve(''));
    const onReadable = (): void => {
      for (
        let chunk = socket.read() as Buffer | null;
        chunk !== null;
        chunk = socket.read() as Buffer | null
      ) {
        seen = Buffer.concat([seen, chunk]);
        const end = seen.indexOf('\n');
        if (end < 0) continue;
        if (end + 1 < seen.length) socket.unshift(seen.subarray(end + 1));
        return done(() => resolve(seen.subarray(0, end).toString('utf8')));
      }
    };
    socket.on('readable', onReadable);
    socket.on('error', onError);
    socket.on('close', onClose);
  });
}
