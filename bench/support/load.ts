/**
 * node load.ts < JSON: a bounded load on one address from a process of its own. So many connections stay open, and each asks again as soon
 * as it was answered. Prints one line of JSON (LoadReport). Requests are written by hand, so that this process stays the lighter one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { percentile } from './figures.ts';

export interface Load {
  url: string;
  headers: Record<string, string>;
  connections: number;
  seconds: number;
  /** What is asked in turn, each by the next free connection; by default `url` by GET, over and over. */
  requests?: readonly LoadRequest[];
  /** How long a connection rests before it asks, in the mean; by default not at all. */
  restMilliseconds?: number;
}

export interface LoadRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadReport {
  requests: number;
  requestsPerSecond: number;
  p50Milliseconds: number;
  p95Milliseconds: number;
  p99Milliseconds: number;
  /** The 99th percentile of each method's answers. */
  p99ByMethod: Record<string, number>;
}

/** Runs a load in a process of its own and answers what it saw; throws when any answer was not 200 or 201. */
export async function runLoad(load: Load): Promise<LoadReport> {
  const child = spawn(process.execPath, ['--expose-gc', import.meta.filename], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(load));
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error(`the load on ${load.url} ended with ${String(code)}`);
  return JSON.parse(said) as LoadReport;
}

if (process.argv[1] === import.meta.filename) await main(JSON.parse(await text(process.stdin)) as Load);

async function main(load: Load): Promise<void> {
  const { url, headers, connections, seconds, requests, restMilliseconds = 0 } = load;
  const { hostname, port, pathname, search } = new URL(url);
  const given = requests ?? [{ method: 'GET', path: `${pathname}${search}` }];
  const common = { host: `${hostname}:${port}`, ...headers };
  const written = given.map((one) => ({ method: one.method, text: writeRequest(common, one) }));
  // The clock must not stand still for what was read above.
  globalThis.gc?.();
  let turn = 0;
  const next = () => written[turn++ % written.length]!;
  const seen: Answer[] = [];
  const end = performance.now() + seconds * 1000;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: connections }, () =>
      askAgainAndAgain({ port: Number(port), host: hostname, next, end, seen, restMilliseconds }),
    ),
  );
  const times = seen.map(({ milliseconds }) => milliseconds);
  const byMethod = Map.groupBy(seen, ({ method }) => method);
  const report: LoadReport = {
    requests: times.length,
    requestsPerSecond: (times.length / (performance.now() - began)) * 1000,
    p50Milliseconds: percentile(times, 50),
    p95Milliseconds: percentile(times, 95),
    p99Milliseconds: percentile(times, 99),
    p99ByMethod: Object.fromEntries(
      [...byMethod].map(([method, answers]) => [
        method,
        percentile(
          answers.map(({ milliseconds }) => milliseconds),
          99,
        ),
      ]),
    ),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

function writeRequest(common: Record<string, string>, { method, path, headers, body }: LoadRequest): string {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ ...common, ...headers, ...length }).map(([k, v]) => `${k}: ${v}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

interface Answer {
  method: string;
  milliseconds: number;
}

interface Asking {
  port: number;
  host: string;
  next: () => { method: string; text: string };
  end: number;
  seen: Answer[];
  restMilliseconds: number;
}

/** One connection: asks until the time is over, and notes how long each answer took. */
function askAgainAndAgain({ port, host, next, end, seen, restMilliseconds }: Asking): Promise<void> {
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined;
    let answer = '';
    let asked = 0;
    let method = '';
    // A server may close a connection that rests, as it may a browser's: the next question opens another.
    const ask = (): void => {
      answer = '';
      const request = next();
      method = request.method;
      asked = performance.now();
      socket ??= open();
      socket.write(request.text);
    };
    const askAfterRest = (): void => {
      asked = 0;
      if (restMilliseconds === 0) return ask();
      setTimeout(ask, Math.random() * 2 * restMilliseconds);
    };
    const take = (chunk: string): void => {
      answer += chunk;
      if (!isWhole(answer)) return;
      if (!/^HTTP\/1\.1 20[01] /.test(answer)) return reject(new Error(`answered ${answer.slice(0, 300)}`));
      seen.push({ method, milliseconds: performance.now() - asked });
      if (performance.now() < end) return askAfterRest();
      asked = 0;
      socket?.destroy();
      resolve();
    };
    const open = (): Socket => {
      const opened = connect({ port, host, noDelay: true });
      opened.setEncoding('latin1');
      opened.setTimeout(30_000, () => {
        if (asked > 0) reject(new Error('no answer within 30 s'));
      });
      opened.on('error', reject);
      opened.on('close', () => {
        socket = undefined;
        if (asked > 0) reject(new Error('the server closed the connection'));
      });
      opened.on('data', take);
      return opened;
    };
    askAfterRest();
  });
}

/** Whether an answer has come to its end, by its length or its last chunk. */
function isWhole(answer: string): boolean {
  const head = answer.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /^content-length: (\d+)/im.exec(answer.slice(0, head))?.[1];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= head + 4 + Number(length);
}
