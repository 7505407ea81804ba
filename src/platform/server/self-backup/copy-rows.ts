import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type pg from 'pg';

/** The part of the driver's connection that COPY speaks to; the driver describes it nowhere. */
interface CopyConnection {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/** What the driver calls while one of these runs. */
abstract class CopyQuery {
  readonly #text: string;
  readonly ended: Promise<void>;
  #resolve = (): void => {};
  #reject: (error: Error) => void = () => {};
  #failure: Error | undefined;

  constructor(text: string) {
    this.#text = text;
    this.ended = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits hears of it; nobody else has to.
    this.ended.catch(() => {});
  }

  submit(connection: unknown): void {
    (connection as CopyConnection).query(this.#text);
  }
  handleError(error: Error): void {
    this.#failure ??= error;
    this.#reject(error);
  }
  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.#resolve();
  }
  handleCommandComplete(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

const heldBytes = 4 * 1024 * 1024;

class CopyOut extends CopyQuery {
  readonly chunks: Buffer[] = [];
  held = 0;
  #connection: CopyConnection | undefined;
  #wake = (): void => {};

  handleCopyData({ chunk }: { chunk: Buffer }, connection: CopyConnection): void {
    this.#connection = connection;
    this.chunks.push(Buffer.from(chunk));
    this.held += chunk.length;
    if (this.held > heldBytes) connection.stream.pause();
    this.#wake();
  }
  /** Resolves at the next piece of news. */
  news(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
  take(): Buffer[] {
    const taken = this.chunks.splice(0);
    this.held = 0;
    this.#connection?.stream.resume();
    return taken;
  }
}

/** The rows of a `copy … to stdout`, as they come; a slow reader holds the database up, not this machine's memory. */
export async function* copyOut(client: pg.Client, text: string): AsyncGenerator<Buffer> {
  const query = new CopyOut(text);
  let isOver = false;
  const over = query.ended.finally(() => (isOver = true)).catch(() => {});
  client.query(query);
  while (!isOver || query.chunks.length > 0) {
    if (query.chunks.length === 0) {
      await Promise.race([query.news(), over]);
      continue;
    }
    yield Buffer.concat(query.take());
  }
  await query.ended;
}

class CopyIn extends CopyQuery {
  readonly #source: AsyncIterable<Buffer>;
  #stopped = false;

  constructor(text: string, source: AsyncIterable<Buffer>) {
    super(text);
    this.#source = source;
  }
  override handleError(error: Error): void {
    this.#stopped = true;
    super.handleError(error);
  }
  handleCopyInResponse(connection: CopyConnection): void {
    void this.#send(connection);
  }
  async #send(connection: CopyConnection): Promise<void> {
    try {
      for await (const chunk of this.#source) {
        if (this.#stopped) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
      }
      connection.endCopyFrom();
    } catch (error) {
      connection.sendCopyFail((error as Error).message);
    }
  }
}

/** Runs a `copy … from stdin` with these rows. */
export async function copyIn(client: pg.Client, text: string, source: AsyncIterable<Buffer>): Promise<void> {
  const query = new CopyIn(text, source);
  client.query(query);
  await query.ended;
}
