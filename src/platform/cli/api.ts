import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { cliText } from '../contract/cli.text.ts';
import type { Locale } from '../contract/i18n.ts';
import { Problem } from '../contract/problem.ts';
import { exitCode } from './exit-code.ts';
import { CliFailure, refused } from './failure.ts';
import type { SignIn } from './sign-in.ts';

/** An answer of the API: the JSON as it came, and what it says. */
export interface Answer {
  /** Exactly the bytes the API sent, as text. */
  json: string;
  /** The answer in a contract's form; fails when the server speaks another form. */
  as<T extends z.ZodType>(schema: T): z.output<T>;
}

/** Values of a query; those left undefined are not sent. */
export type Query = Record<string, string | number | undefined>;

/** The HTTP API as one signed-in caller uses it. Every method fails with what the API refused. */
export interface Api {
  url: string;
  get(path: string, query?: Query): Promise<Answer>;
  /** As `get`, and a refusal that says more than that it is one is an answer too: `isOk` tells. */
  ask(path: string): Promise<Answer & { isOk: boolean }>;
  /** A document (a page, a PDF) as its bytes. */
  document(path: string, query?: Query): Promise<Uint8Array>;
  post(path: string, body?: unknown, query?: Query): Promise<Answer>;
  /** Sends bytes to be kept. */
  put(path: string, bytes: Blob, query?: Query): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string, body?: unknown, query?: Query): Promise<Answer>;
  /** An open stream of events; the caller reads it and connects again when it breaks. */
  stream(path: string, lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
}

const typeOf = (body: unknown) => (body instanceof Blob ? 'application/octet-stream' : 'application/json');
const secondsBetweenTries = [0.2, 0.5, 1];
const secondsToAnswer = 60;
const secondsWorthWaiting = 20;

/** The API at a place, spoken to in a language. A write that the network lost is sent again under the same idempotency key. */
export function apiAt(signIn: SignIn, locale: Locale): Api {
  const headers: Record<string, string> = {
    'accept-language': locale,
    'user-agent': 'elepherd-cli',
    ...(signIn.key === undefined ? {} : { authorization: `Bearer ${signIn.key}` }),
    ...(signIn.org === undefined ? {} : { 'x-elepherd-org': signIn.org }),
  };
  const send = async (path: string, request: RequestInit): Promise<Response> => {
    try {
      return await fetch(new URL(path, signIn.url), { redirect: 'manual', ...request });
    } catch (error) {
      if (request.signal?.aborted && request.signal.reason?.name !== 'TimeoutError') throw error;
      throw unreachable(signIn.url, error);
    }
  };
  const call = async (method: string, path: string, body?: unknown, query?: Query): Promise<Answer> => {
    const request: RequestInit = {
      method,
      headers: {
        ...headers,
        accept: 'application/json',
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    };
    for (let tries = 0; ; tries++) {
      const pause = secondsBetweenTries[tries];
      try {
        const answer = await send(path + search(query), {
          ...request,
          signal: AbortSignal.timeout(secondsToAnswer * 1000),
        });
        const wished = Number(answer.headers.get('retry-after') ?? Number.NaN);
        if (pause !== undefined && isBusy(answer.status) && wished <= secondsWorthWaiting) {
          await answer.body?.cancel();
          await sleep(wished * 1000);
          continue;
        }
        return await read(answer, signIn);
      } catch (error) {
        if (pause === undefined || !isLost(error)) throw error;
        await sleep(pause * 1000);
      }
    }
  };
  return {
    url: signIn.url,
    get: (path, query) => call('GET', path, undefined, query),
    async ask(path) {
      const answer = await send(path, {
        headers: { ...headers, accept: 'application/json' },
        signal: AbortSignal.timeout(secondsToAnswer * 1000),
      });
      // Read as a success, since what it says is wanted; a problem stays a problem.
      const isOwn = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
      return { ...(await read(isOwn ? new Response(answer.body) : answer, signIn)), isOk: answer.ok };
    },
    async document(path, query) {
      const answer = await send(path + search(query), {
        headers,
        signal: AbortSignal.timeout(secondsToAnswer * 1000),
      });
      if (!answer.ok) await read(answer, signIn);
      return new Uint8Array(await answer.arrayBuffer());
    },
    post: (path, body, query) => call('POST', path, body, query),
    put: (path, bytes, query) => call('PUT', path, bytes, query),
    patch: (path, body) => call('PATCH', path, body),
    delete: (path, body, query) => call('DELETE', path, body, query),
    async stream(path, lastEventId, signal) {
      const answer = await send(path, {
        headers: {
          ...headers,
          accept: 'text/event-stream',
          ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
        },
        signal,
      });
      if (!answer.ok || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
        await read(answer, signIn);
        throw strangeAnswer(signIn.url);
      }
      return answer;
    },
  };
}

/** A name or id as one segment of a path. What could lead elsewhere is refused before anything is sent. */
export function segment(name: string): string {
  if (name === '' || name === '.' || name === '..' || name.length > 200) {
    throw new CliFailure(exitCode.notFound, cliText.noSuchName(name.slice(0, 60)));
  }
  return encodeURIComponent(name);
}

const isBusy = (status: number) => status === 429 || status === 503;
/** Whether the network or a proxy lost it: the only failures that carry a cause. */
const isLost = (error: unknown) =>
  error instanceof CliFailure && error.exitCode === exitCode.unreachable && error.cause !== undefined;

function search(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function read(answer: Response, signIn: SignIn): Promise<Answer> {
  let text: string;
  try {
    text = await answer.text();
  } catch (error) {
    throw unreachable(signIn.url, error);
  }
  if (answer.status >= 300 && answer.status < 400) {
    throw new CliFailure(
      exitCode.unreachable,
      cliText.movedAway(signIn.url, answer.headers.get('location') ?? '?'),
    );
  }
  const body = parse(text);
  if (!answer.ok) {
    const problem = Problem.safeParse(body);
    if (!problem.success) throw strangeAnswer(signIn.url, answer.status);
    throw refused(problem.data, problem.data.code === 'unauthenticated' ? cliText.howToSignIn : undefined);
  }
  if (text !== '' && body === undefined) throw strangeAnswer(signIn.url, answer.status);
  return {
    json: text,
    as(schema) {
      const parsed = schema.safeParse(body);
      if (parsed.success) return parsed.data;
      const where = parsed.error.issues[0]?.path.join('.') ?? '';
      throw new CliFailure(exitCode.failed, cliText.otherForm(signIn.url, where), { cause: parsed.error });
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function strangeAnswer(url: string, status?: number): CliFailure {
  const isProxy = status === 502 || status === 503 || status === 504;
  const text = cliText.notElepherd(url, String(status ?? ''));
  return new CliFailure(exitCode.unreachable, text, isProxy ? { cause: status } : {});
}

function unreachable(url: string, error: unknown): CliFailure {
  return new CliFailure(exitCode.unreachable, cliText.unreachable(url, reasonOf(error)), { cause: error });
}

/** The innermost reason of a failed request: the outer ones say "fetch failed". */
function reasonOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof AggregateError && inner.errors[0] instanceof Error) inner = inner.errors[0];
    if (!(inner instanceof Error)) break;
    if (inner.name === 'TimeoutError') return `no answer within ${secondsToAnswer} s`;
    if (inner.cause === undefined) return ('code' in inner && String(inner.code)) || inner.message;
  }
  return String(error);
}
