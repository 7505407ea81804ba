import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContext } from 'node:tls';
import { sandboxText } from '#src/fleet/contract/sandboxes.text.ts';

const sslRequest = 80_877_103;
const gssRequest = 80_877_104;
const cancelRequest = 80_877_102;
/** Time a stranger has to say what it wants. */
const helloMs = 10_000;
/** PostgreSQL itself takes no longer greeting. */
const helloBytesAtMost = 10_000;

type Options = {
  socketPath: string;
  superuser: string;
  /** Null for programs of this machine alone. */
  tls: { certificate: string; privateKey: string } | null;
  connectionsAtMost: number;
  /** Called when the number of open connections changes. */
  onCount(open: number): void;
};

/**
 * The port of a sandbox, behind which only a private socket reaches its PostgreSQL: it ends TLS, keeps strangers without
 * it out, counts, and lets nobody try the superuser.
 */
export class Door {
  readonly #options: Options;
  readonly #context: SecureContext | undefined;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #open = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#context = options.tls
      ? createSecureContext({
          cert: options.tls.certificate,
          key: options.tls.privateKey,
          minVersion: 'TLSv1.2',
        })
      : undefined;
  }

  get connections(): number {
    return this.#open;
  }

  /** Listens; false when the port is taken. */
  async listen(port: number): Promise<boolean> {
    if (!this.#options.tls) return this.#listenAt(port, '127.0.0.1');
    try {
      return await this.#listenAt(port, '::');
    } catch {
      // IPv6 is switched off here.
      return this.#listenAt(port, '0.0.0.0');
    }
  }

  #listenAt(port: number, host: string): Promise<boolean> {
    const server = createServer((socket) => this.#greet(socket));
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
        else reject(error);
      });
      server.listen({ port, host }, () => {
        this.#server = server;
        resolve(true);
      });
    });
  }

  /** Ends every connection; the port stays open. */
  dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.dropAll();
    await closed;
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    const timer = setTimeout(() => socket.destroy(), helloMs);
    // Far more than ever speak at once are not even heard.
    if (this.#sockets.size > this.#options.connectionsAtMost * 4 + 20) return void socket.destroy();
    this.#hear(socket, isLocal(socket), () => clearTimeout(timer));
  }

  #hear(socket: Socket, trusted: boolean, heard: () => void): void {
    let bytes: Buffer = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      // Since PostgreSQL 17 a client may begin with TLS at once.
      if (bytes[0] === 0x16 && !(socket instanceof TLSSocket)) {
        stop();
        return this.#encrypt(socket, bytes, heard);
      }
      if (bytes.length < 8) return;
      const length = bytes.readInt32BE(0);
      if (length < 8 || length > helloBytesAtMost) return void socket.destroy();
      if (bytes.length < length) return;
      const code = bytes.readInt32BE(4);
      if (code === gssRequest || (code === sslRequest && (!this.#context || socket instanceof TLSSocket))) {
        bytes = bytes.subarray(length);
        return void socket.write('N');
      }
      stop();
      if (code === sslRequest) {
        // Anything that came before the reply was not encrypted and must not be taken for what is.
        if (bytes.length > length) return void socket.destroy();
        socket.write('S');
        return this.#encrypt(socket, Buffer.alloc(0), heard);
      }
      heard();
      if (!trusted) return refuse(socket, '28000', sandboxText.tlsOnly.en);
      this.#letIn(socket, bytes, code, length);
    };
    const stop = () => {
      socket.pause();
      socket.off('data', onData);
    };
    socket.on('data', onData);
    socket.resume();
  }

  #encrypt(socket: Socket, already: Buffer, heard: () => void): void {
    if (!this.#context) return void socket.destroy();
    if (already.length > 0) socket.unshift(already);
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: this.#context,
      ALPNProtocols: ['postgresql'],
    });
    this.#sockets.add(secure);
    secure.on('error', () => socket.destroy());
    secure.on('close', () => {
      this.#sockets.delete(secure);
      socket.destroy();
    });
    this.#hear(secure, true, heard);
  }

  #letIn(socket: Socket, bytes: Buffer, code: number, length: number): void {
    const { socketPath, superuser, connectionsAtMost, onCount } = this.#options;
    const counts = code !== cancelRequest;
    if (counts && usersOf(bytes.subarray(8, length)).includes(superuser)) {
      return refuse(socket, '28000', sandboxText.superuserRefused.en);
    }
    if (counts && this.#open >= connectionsAtMost) {
      return refuse(socket, '53300', sandboxText.tooManyConnections(connectionsAtMost).en);
    }
    const inner = connect(socketPath);
    if (counts) onCount(++this.#open);
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      inner.destroy();
      socket.destroy();
      if (counts) onCount(--this.#open);
    };
    inner.on('error', leave);
    inner.on('close', leave);
    socket.on('close', leave);
    inner.on('connect', () => {
      inner.write(bytes);
      socket.pipe(inner);
      inner.pipe(socket);
    });
  }
}

function isLocal(socket: Socket): boolean {
  return /^(?:::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

/** Every user a greeting names: whoever names two must not hide one behind the other. */
function usersOf(parameters: Buffer): string[] {
  const parts = parameters.toString('utf8').split('\0');
  return parts.filter((_, i) => i % 2 === 1 && parts[i - 1] === 'user');
}

/** Says no in PostgreSQL's own form, which every client shows. */
function refuse(socket: Socket, code: string, words: string): void {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${words}\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  socket.end(Buffer.concat([head, fields]));
  socket.resume();
}
