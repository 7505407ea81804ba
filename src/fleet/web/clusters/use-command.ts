import { useState } from 'react';
import type { Problem } from '#src/platform/contract/problem.ts';
import { problemOf } from '#src/platform/web/api.ts';
import { browserApi } from '#src/platform/web/browser-api.ts';

// Trusts the shape: our own server wrote it, and the browser need not load a validator.
const trusted = { parse: (value: unknown) => value } as never;

type Method = 'post' | 'patch' | 'delete';

/** Sends commands one at a time; what the API refuses is kept for a notice beside the form. */
export function useCommand() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  /** The answer; null when it was refused. */
  const send = async <T>(method: Method, path: string, body?: unknown): Promise<T | null> => {
    setBusy(true);
    setProblem(null);
    try {
      return (await browserApi[method](path, body, trusted)) as T;
    } catch (error) {
      setProblem(problemOf(error) ?? offline);
      return null;
    } finally {
      setBusy(false);
    }
  };
  /** Sends, and goes on only when it was accepted. */
  const command = async (
    method: Method,
    path: string,
    body: unknown,
    accepted: () => void,
  ): Promise<void> => {
    if ((await send(method, path, body)) !== null) accepted();
  };
  return { send, command, problem, busy, forget: () => setProblem(null) };
}

// Without words of its own: the notice has a sentence for a refusal that says nothing.
const offline: Problem = { type: 'about:blank', title: '', status: 503, code: 'unavailable', detail: '' };
