import { createHash } from 'node:crypto';
import { Agent, request as httpsRequest } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import type { z } from 'zod';
import { AgentRefusal, agentsPortName } from '#src/fleet/contract/agents.ts';

/** The server answered, and the answer is no. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly refusal: AgentRefusal;
  constructor(status: number, refusal: AgentRefusal) {
    super(refusal.detail);
    this.status = status;
    this.refusal = refusal;
  }
}

/** The server at this address is not the one that was meant. */
export class WrongServer extends Error {
  override name = 'WrongServer';
}

export type Ask = {
  method: 'GET' | 'POST';
  path: string;
  /** Sent as JSON; a buffer as it is. */
  body?: unknown;
  timeoutSeconds: number;
  signal?: AbortSignal;
  headers?: Record<string, string>;
};

type Options = {
  url: string;
  /** With it the server is known by its authority, else by `keyPin`. */
  identity?: { key: string; certificate: string; authority: string };
  keyPin?: string;
};

/** A line to the server that is kept open and opened again when it breaks. Speaks only to a server that is the right one. */
export class Connection {
  readonly url: string;
  readonly #agent: Agent | undefined;
  readonly #keyPin: string | undefined;
  /** This machine's address on the way to the server, once there was a connection. */
  localAddress: string | undefined;

  constructor(options: Options) {
    this.url = options.url;
    this.#keyPin = options.keyPin;
    if (options.identity) {
      const { key, certificate, authority } = options.identity;
      this.#agent = new Agent({
        keepAlive: true,
        keepAliveMsecs: 10_000,
        maxSockets: 4,
        maxFreeSockets: 2,
        key,
        cert: certificate,
        ca: authority,
        // Every certificate of the port carries this name, whatever the address dialled.
        servername: agentsPortName,
        minVersion: 'TLSv1.3',
      });
    }
  }

  /** Asks for one thing and answers the body as the schema reads it; throws Refused for an answer that is a refusal. */
  async ask<T extends z.ZodType>(ask: Ask, schema: T): Promise<z.infer<T>> {
    const { status, body } = await this.fetch(ask);
    const parsed: unknown = JSON.parse(body.toString('utf8') || 'null');
    if (status >= 400) {
      const refusal = AgentRefusal.safeParse(parsed);
      throw new Refused(
        status,
        refusal.success ? refusal.data : { code: 'unknown', detail: `HTTP ${status}`, leave: false },
      );
    }
    return schema.parse(parsed);
  }

  /** Asks for bytes. */
  async fetch(ask: Ask): Promise<{ status: number; body: Buffer }> {
    const socket = this.#agent ? undefined : await this.#pinnedSocket(ask.timeoutSeconds);
    const body =
      ask.body === undefined || Buffer.isBuffer(ask.body) ? ask.body : Buffer.from(JSON.stringify(ask.body));
    return new Promise((resolve, reject) => {
      const url = new URL(ask.path, this.url);
      const outgoing = httpsRequest({
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: url.port || 443,
        path: url.pathname + url.search,
        method: ask.method,
        headers: {
          host: url.host,
          ...(body ? { 'content-type': 'application/json', 'content-length': String(body.length) } : {}),
          ...ask.headers,
        },
        ...(ask.signal ? { signal: ask.signal } : {}),
        ...(socket ? { createConnection: () => socket } : { agent: this.#agent! }),
      });
      const timer = setTimeout(
        () => outgoing.destroy(new Error(`no answer within ${ask.timeoutSeconds} s`)),
        ask.timeoutSeconds * 1000,
      );
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      outgoing.on('error', fail);
      outgoing.on('socket', (used) => {
        const note = () =>
          (this.localAddress = used.localAddress?.replace(/^::ffff:/, '') ?? this.localAddress);
        if (used.connecting) used.once('connect', note);
        else note();
      });
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) });
        });
      });
      outgoing.end(body);
    });
  }

  /** Before enrolment the server is known by the hash of its public key alone; nothing is sent to another. */
  #pinnedSocket(timeoutSeconds: number): Promise<TLSSocket> {
    const url = new URL(this.url);
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: url.hostname.replace(/^\[|\]$/g, ''),
        port: Number(url.port || 443),
        servername: agentsPortName,
        rejectUnauthorized: false,
        minVersion: 'TLSv1.3',
      });
      const timer = setTimeout(
        () => socket.destroy(new Error(`no answer within ${timeoutSeconds} s`)),
        timeoutSeconds * 1000,
      );
      socket.once('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
        const pin = key && createHash('sha256').update(key).digest('base64');
        if (pin === this.#keyPin) return resolve(socket);
        socket.destroy();
        reject(new WrongServer('The server does not hold the key that was named.'));
      });
    });
  }

  close(): void {
    this.#agent?.destroy();
  }
}
