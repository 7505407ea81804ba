import type { z } from 'zod';
import type { Problem } from '#src/platform/contract/problem.ts';

type Schema = z.ZodType;

/** The HTTP API as pages call it; a Blob is sent as its bytes, anything else as JSON. Every method throws an ApiProblem when the answer is not a success. */
export interface Api {
  get<T extends Schema>(path: string, schema: T): Promise<z.output<T>>;
  post<T extends Schema>(path: string, body: unknown, schema: T): Promise<z.output<T>>;
  post(path: string, body?: unknown): Promise<void>;
  put<T extends Schema>(path: string, body: unknown, schema: T): Promise<z.output<T>>;
  put(path: string, body?: unknown): Promise<void>;
  patch<T extends Schema>(path: string, body: unknown, schema: T): Promise<z.output<T>>;
  patch(path: string, body?: unknown): Promise<void>;
  delete<T extends Schema>(path: string, body: unknown, schema: T): Promise<z.output<T>>;
  delete(path: string, body?: unknown): Promise<void>;
}

/** A refused API call. Thrown from a loader or an action it reaches the error boundary with status and problem. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  // React Router treats a value of this shape as its own `data()`: status and body survive the way to the browser.
  readonly type = 'DataWithResponseInit';
  readonly data: Problem;
  readonly init: ResponseInit;

  constructor(problem: Problem) {
    super(problem.detail);
    this.data = problem;
    this.init = { status: problem.status, statusText: problem.code };
  }
}

/** The problem inside whatever was thrown; null when it is something else (a bug, a lost connection). */
export function problemOf(error: unknown): Problem | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  return isProblem(error.data) ? error.data : null;
}

// By hand, so that the browser need not load a validator for the one shape our own server writes.
function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false;
  const it = value as Record<string, unknown>;
  return (
    typeof it['status'] === 'number' && typeof it['code'] === 'string' && typeof it['detail'] === 'string'
  );
}

/** For actions: a problem the person can mend in the form (4xx) comes back as a value; anything else is thrown on. */
export async function orProblem<T>(work: Promise<T>): Promise<{ done: T } | { problem: Problem }> {
  try {
    return { done: await work };
  } catch (error) {
    const problem = problemOf(error);
    if (problem && [409, 413, 422, 429].includes(problem.status)) return { problem };
    throw error;
  }
}

/** An Api over any way to send a request. Writes carry the header that cookie-authenticated writes must have. */
export function apiOver(send: (path: string, init: RequestInit) => Promise<Response>): Api {
  const call = async (method: string, path: string, body?: unknown, schema?: Schema) => {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (method !== 'GET') headers['x-elepherd-csrf'] = '1';
    const isBytes = body instanceof Blob;
    if (body !== undefined)
      headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json';
    const answer = await send(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: isBytes ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new ApiProblem(await readProblem(answer));
    if (!schema) return undefined;
    // Whether no content is an answer is for the schema to say.
    const value: unknown = answer.status === 204 ? undefined : await answer.json();
    try {
      return schema.parse(value);
    } catch {
      // What was handed over in process may hold times that JSON would have written.
      return schema.parse(value && JSON.parse(JSON.stringify(value)));
    }
  };
  return {
    get: (path: string, schema: Schema) => call('GET', path, undefined, schema),
    post: (path: string, body?: unknown, schema?: Schema) => call('POST', path, body, schema),
    put: (path: string, body?: unknown, schema?: Schema) => call('PUT', path, body, schema),
    patch: (path: string, body?: unknown, schema?: Schema) => call('PATCH', path, body, schema),
    delete: (path: string, body?: unknown, schema?: Schema) => call('DELETE', path, body, schema),
  } as Api;
}

async function readProblem(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null);
  if (isProblem(body)) return body;
  return {
    type: 'about:blank',
    title: answer.statusText || String(answer.status),
    status: answer.status,
    code: answer.status >= 500 ? 'internal' : 'invalid',
    detail: '',
  };
}
