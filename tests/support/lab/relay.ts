/**
 * node relay.ts OWN-SOCKET [PEER-SOCKET ADDRESS]
 * One of the two ends of a lab's door. Unix sockets pass between network namespaces, TCP does not: so one end runs in the gateway's
 * namespace, one in this machine's, and each opens TCP connections in its own for whoever asks on its unix socket.
 *
 * A request is one line of JSON, the answer is one line, `ok` or `error …`:
 *   {"connect":{"host":"10.77.0.11","port":5432}}   after `ok` the rest of the stream is that connection
 *   {"expose":{"port":7434,"to":7433}}              listen at ADDRESS:port and connect each caller to 127.0.0.1:to behind the peer
 *   {"hide":{"port":7434}}                          stop listening
 * The end in this machine's namespace (the one without a peer) connects to loopback only.
 */
import { existsSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

const [ownSocket, peerSocket, address] = process.argv.slice(2);
if (ownSocket === undefined) throw new Error('usage: node relay.ts OWN-SOCKET [PEER-SOCKET ADDRESS]');
const exposed = new Map<number, Server>();

interface Request {
  connect?: { host: string; port: number };
  expose?: { port: number; to: number };
  hide?: { port: number };
}

if (existsSync(ownSocket)) rmSync(ownSocket);
createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  readLine(socket, (line) => answer(socket, line));
}).listen(ownSocket);

function answer(socket: Socket, line: string): void {
  const request = parse(line);
  if (request.connect !== undefined) {
    const { host, port } = request.connect;
    if (peerSocket === undefined && host !== '127.0.0.1')
      return void socket.end('error only loopback is reached from here\n');
    const target = connect({ host, port, allowHalfOpen: true });
    const refused = (error: Error): void => void socket.end(`error ${error.message}\n`);
    target.once('error', refused);
    socket.once('close', () => target.destroy());
    target.once('connect', () => {
      target.off('error', refused);
      socket.write('ok\n');
      join(socket, target);
    });
  } else if (request.expose !== undefined) {
    expose(socket, request.expose.port, request.expose.to);
  } else if (request.hide !== undefined) {
    exposed.get(request.hide.port)?.close();
    exposed.delete(request.hide.port);
    socket.end('ok\n');
  } else {
    socket.end('error unknown request\n');
  }
}

function expose(socket: Socket, port: number, to: number): void {
  if (peerSocket === undefined || address === undefined)
    return void socket.end('error only the gateway exposes ports\n');
  exposed.get(port)?.close();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (caller) => {
    const peer = connect({ path: peerSocket, allowHalfOpen: true });
    // Nobody listens behind the door: the caller sees its connection reset, which is as near to "refused" as a door gets.
    const failed = (): void => breakOff(caller);
    caller.once('error', () => peer.destroy());
    peer.once('error', failed);
    peer.write(`${JSON.stringify({ connect: { host: '127.0.0.1', port: to } })}\n`);
    readLine(peer, (line) => {
      peer.off('error', failed);
      if (line === 'ok') join(caller, peer);
      else failed();
    });
  });
  server.once('error', (error) => socket.end(`error ${error.message}\n`));
  server.listen(port, address, () => {
    exposed.set(port, server);
    socket.end('ok\n');
  });
}

/** Joins two connections so that the end or the breaking of one is the end or the breaking of the other. */
function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.setNoDelay(true);
    // A peer that vanished without a word (a cut cable) is noticed within about 20 s, as it would be without a door between.
    from.setKeepAlive(true, 10_000);
    from.on('error', () => breakOff(to));
    from.on('close', () => to.destroySoon());
    from.pipe(to);
  }
}

/** Ends a connection the hard way: TCP knows a reset, a unix socket only its end. */
function breakOff(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

function parse(line: string): Request {
  try {
    return JSON.parse(line) as Request;
  } catch {
    return {};
  }
}

/** Reads the first line and leaves whatever follows it in the stream. */
function readLine(socket: Socket, then: (line: string) => void): void {
  let seen = Buffer.alloc(0);
  const onReadable = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      seen = Buffer.concat([seen, chunk]);
      const end = seen.indexOf('\n');
      if (end < 0) continue;
      socket.off('readable', onReadable);
      if (end + 1 < seen.length) socket.unshift(seen.subarray(end + 1));
      then(seen.subarray(0, end).toString('utf8'));
      return;
    }
  };
  socket.on('readable', onReadable);
}
