import { apiOver } from './api.ts';

/** The HTTP API from the browser, with the reader's cookies. */
export const browserApi = apiOver((path, init) => fetch(path, { ...init, credentials: 'same-origin' }));

// Trusts the shape, so that a page that only draws what our own server says need not load a validator.
const trusted = { parse: (value: unknown) => value } as never;

/** Reads one thing of a known shape. */
export function readTrusted<T>(path: string): Promise<T> {
  return browserApi.get(path, trusted) as Promise<T>;
}

/** Sends one command and takes its answer as it is. */
export function postTrusted<T>(path: string, body?: unknown): Promise<T> {
  return browserApi.post(path, body, trusted) as Promise<T>;
}
