import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** PostgreSQL said no; `code` is its SQLSTATE. */
export class PostgresRefusal extends Error {
  override name = 'PostgresRefusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type Row = Record<string, string | null>;

const protocol = 196_608;

/**
 * One session over a private socket, as much of the protocol as minding a sandbox takes: sign in by SCRAM, one simple
 * query at a time. Whatever breaks ends the session, and the query under way throws.
 */
export class PostgresLine {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #take: ((type: string, body: Buffer) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #ended: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('the session has ended')));
  }

  get isOpen(): boolean {
    return this.#ended === undefined;
  }

  /** Signs in; throws what PostgreSQL or the system says, at once, when it does not (yet) answer. */
  static open(way: {
    socketPath: string;
    user: string;
    password: string;
    database: string;
  }): Promise<PostgresLine> {
    return new Promise((resolve, reject) => {
      const socket = connect(way.socketPath);
      socket.once('error', reject);
      socket.once('connect', () => {
        const line = new PostgresLine(socket);
        line.#signIn(way).then(
          () => resolve(line),
          (error: unknown) => {
            socket.destroy();
            reject(error as Error);
          },
        );
      });
    });
  }

  /** Runs SQL and answers the rows of its last statement that gave any; refuses after `seconds`. */
  async query(sql: string, seconds = 10): Promise<Row[]> {
    let columns: string[] = [];
    let rows: Row[] = [];
    let refusal: PostgresRefusal | undefined;
    const timer = setTimeout(
      () => this.#socket.destroy(new Error(`no answer within ${seconds} s`)),
      seconds * 1000,
    );
    try {
      await this.#exchange(message('Q', cString(sql)), (type, body) => {
        if (type === 'T') {
          columns = columnNames(body);
          rows = [];
        } else if (type === 'D') rows.push(rowOf(columns, body));
        else if (type === 'E') refusal ??= refusalOf(body);
        else if (type === 'G') this.#socket.write(message('f', cString('no data')));
        return type === 'Z';
      });
    } finally {
      clearTimeout(timer);
    }
    if (refusal) throw refusal;
    return rows;
  }

  close(): void {
    this.#socket.end(message('X', Buffer.alloc(0)));
    this.#end(new Error('the session was closed'));
  }

  async #signIn({
    user,
    password,
    database,
  }: {
    user: string;
    password: string;
    database: string;
  }): Promise<void> {
    const parameters = Buffer.concat(
      ['user', user, 'database', database, 'application_name', 'elepherd agent'].map(cString),
    );
    const startup = Buffer.concat([
      int32(4 + 4 + parameters.length + 1),
      int32(protocol),
      parameters,
      Buffer.of(0),
    ]);
    const scram = new Scram(password);
    await this.#exchange(startup, (type, body) => {
      if (type === 'E') throw refusalOf(body);
      if (type === 'R') {
        const reply = scram.answer(body);
        if (reply) this.#socket.write(reply);
      }
      return type === 'Z';
    });
  }

  /** Sends, and hands each message that comes to `on` until it says that was the last. */
  #exchange(bytes: Buffer, on: (type: string, body: Buffer) => boolean): Promise<void> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const over = (work: () => void) => {
        this.#take = undefined;
        this.#fail = undefined;
        work();
      };
      this.#fail = (error) => over(() => reject(error));
      this.#take = (type, body) => {
        try {
          if (on(type, body)) over(resolve);
        } catch (error) {
          over(() => reject(error as Error));
        }
      };
      this.#socket.write(bytes);
    });
  }

  #read(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 5) {
      const length = this.#rest.readInt32BE(1);
      if (this.#rest.length < length + 1) return;
      const type = String.fromCharCode(this.#rest[0] ?? 0);
      const body = this.#rest.subarray(5, length + 1);
      this.#rest = this.#rest.subarray(length + 1);
      this.#take?.(type, body);
    }
  }

  #end(error: Error): void {
    this.#ended ??= error;
    this.#fail?.(error);
  }
}

/** The client's side of SCRAM-SHA-256 (RFC 5802, without channel binding: the socket never leaves the machine). */
class Scram {
  readonly #password: string;
  readonly #nonce = randomBytes(18).toString('base64');
  #expected = '';

  constructor(password: string) {
    this.#password = password;
  }

  /** The reply to an authentication request; none when there is nothing to say. */
  answer(body: Buffer): Buffer | undefined {
    const kind = body.readInt32BE(0);
    if (kind === 0) return undefined;
    if (kind === 10) {
      const first = Buffer.from(`n,,${this.#first}`);
      return message('p', Buffer.concat([cString('SCRAM-SHA-256'), int32(first.length), first]));
    }
    const text = body.subarray(4).toString();
    if (kind === 11) return message('p', Buffer.from(this.#final(text)));
    if (kind === 12 && text === `v=${this.#expected}`) return undefined;
    throw new Error(`the server asks for a way of signing in that is not ours (${kind})`);
  }

  get #first(): string {
    return `n=,r=${this.#nonce}`;
  }

  #final(serverFirst: string): string {
    const said = Object.fromEntries(serverFirst.split(',').map((part) => [part[0], part.slice(2)]));
    const salted = pbkdf2Sync(
      this.#password,
      Buffer.from(said['s'] ?? '', 'base64'),
      Number(said['i']),
      32,
      'sha256',
    );
    const key = hmac(salted, 'Client Key');
    const bare = `c=biws,r=${said['r'] ?? ''}`;
    const signed = `${this.#first},${serverFirst},${bare}`;
    const signature = hmac(createHash('sha256').update(key).digest(), signed);
    this.#expected = hmac(hmac(salted, 'Server Key'), signed).toString('base64');
    return `${bare},p=${Buffer.from(key.map((byte, i) => byte ^ (signature[i] ?? 0))).toString('base64')}`;
  }
}

const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest();
const cString = (text: string) => Buffer.from(`${text}\0`);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const message = (type: string, body: Buffer) =>
  Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);

function refusalOf(body: Buffer): PostgresRefusal {
  const fields = Object.fromEntries(
    body
      .toString()
      .split('\0')
      .map((field) => [field[0] ?? '', field.slice(1)]),
  );
  return new PostgresRefusal(fields['C'] ?? '', fields['M'] ?? '');
}

function columnNames(body: Buffer): string[] {
  const names: string[] = [];
  for (let at = 2; names.length < body.readInt16BE(0);) {
    const end = body.indexOf(0, at);
    names.push(body.toString('utf8', at, end));
    at = end + 1 + 18;
  }
  return names;
}

function rowOf(columns: string[], body: Buffer): Row {
  let at = 2;
  return Object.fromEntries(
    columns.map((name) => {
      const length = body.readInt32BE(at);
      at += 4;
      if (length < 0) return [name, null];
      at += length;
      return [name, body.toString('utf8', at - length, at)];
    }),
  );
}
